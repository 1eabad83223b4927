package org.surmala.model.dense;

/**
 * A part of the loss that is computed from the posteriors of all rows of a batch together, and that
 * may have parameters of its own beside the network's.
 */
interface LatentLoss {
  /** Number of its own parameters; they do not decay. */
  int parameters();

  /**
   * Whether it is the divergence from a prior of its own. Then it stands in the place of that from
   * N(0, 1) and is weighted by β; else it is added as it is.
   */
  boolean isDivergence();

  /**
   * Computes the term.
   *
   * @param posteriors of the batch; receives the gradients by means and log-variances
   * @param weight what the gradients are multiplied by
   * @param own values of its own parameters
   * @param ownGradient receives the gradient by them
   * @return the term's mean per row, before {@code weight}
   */
  double compute(Posteriors posteriors, double weight, double[] own, double[] ownGradient);
}
