package org.surmala.model.dense;

/** A loss term over the posteriors of all rows of a batch, which may have its own parameters. */
interface LatentLoss {
  /** Number of the term's own parameters; they have no weight decay. */
  int parameters();

  /**
   * Whether the term is the divergence from its own prior. Then it replaces the divergence from
   * N(0, 1) and is weighted by β; else it is added unweighted.
   */
  boolean isDivergence();

  /**
   * Computes the term.
   *
   * @param posteriors posteriors of the batch; receives the gradients with respect to means and
   *     log-variances
   * @param weight factor of the gradients
   * @param own values of the term's own parameters
   * @param ownGradient receives their gradient
   * @return the term's mean per row, before {@code weight}
   */
  double compute(Posteriors posteriors, double weight, double[] own, double[] ownGradient);
}
