package org.surmala.model;

import java.util.Map;

/**
 * What happens to features before a model sees them. Every representation has it, the raw one too,
 * so that representations differ in the model alone.
 *
 * @param transform of each column by itself, before it is standardised
 * @param clip standardised values beyond this many deviations are set to it; 0 for never
 * @param weights of feature groups: a standardised value is multiplied by its group's weight; a
 *     group that is not named has weight 1
 */
public record PreprocessOptions(Transform transform, double clip, Map<String, Double> weights) {
  /** A monotone map of one column. */
  enum Transform {
    /** The values as they are. */
    NONE,
    /**
     * Yeo and Johnson's power transform (2000) with the exponent of greatest likelihood, as
     * scikit-learn's PowerTransformer.
     */
    POWER,
    /**
     * Each value's quantile among the training set's, as a standard normal's, as scikit-learn's
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
