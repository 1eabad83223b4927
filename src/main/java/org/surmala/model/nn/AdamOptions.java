package org.surmala.model.nn;

/**
 * Constants of Adam (Kingma and Ba, 2015).
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 */
public record AdamOptions(double beta1, double beta2, double epsilon) {
  /** As in the paper. */
  public static final AdamOptions STANDARD = new AdamOptions(0.9, 0.999, 1e-8);
}
