package org.surmala.model;

import java.util.Map;

/**
 * Preprocessing of features. Every representation has it, including raw, so that representations
 * differ only in the model.
 *
 * @param clip limit of standardised values, in standard deviations; 0 for no limit
 * @param weights of feature groups: a standardised value is multiplied by its group's weight; other
 *     groups have weight 1
 */
public record PreprocessOptions(Transform transform, double clip, Map<String, Double> weights) {
  /** A monotone map of one column. */
  enum Transform {
    /** The values as they are. */
    NONE,
    /**
     * Yeo and Johnson's power transform (2000) with the maximum-likelihood exponent, as
     * scikit-learn's PowerTransformer.
     */
    POWER,
    /**
     * The value's quantile in the training set, mapped to a standard normal, as scikit-learn's
     * QuantileTransformer.
     */
    RANK
  }

  public static PreprocessOptions read(OptionReader reader) {
    return new PreprocessOptions(
        reader.choice("transform", Transform.POWER),
        reader.number("clip", 5, 0, 1e6),
        reader.weights("weights"));
  }
}
