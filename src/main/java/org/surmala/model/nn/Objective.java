package org.surmala.model.nn;

import java.util.Arrays;

/**
 * The objective of a fit: reconstruction + β · divergence, mean per row.
 *
 * @param freeBits floor of a latent dimension's mean divergence, nats: below it, the divergence
 *     counts as this value and has no gradient (Kingma et al., 2016)
 */
public record Objective(Likelihood likelihood, double freeBits) {
  /** Smallest variance: a perfect reconstruction would have an infinite likelihood. */
  static final double LEAST_VARIANCE = 1e-4;

  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  /** The likelihood of an output given its input. */
  public enum Likelihood {
    /** Sum of squared errors: a Gaussian of variance ½, up to a constant. */
    UNIT,
    /**
     * A Gaussian with a single variance, the mean squared error of the batch, which is optimal
     * (Rybkin et al., 2021, σ-VAE); in nats.
     */
    SHARED,
    /** As SHARED, with a variance for each feature. */
    PER_FEATURE
  }

  /**
   * The reconstruction's loss per row.
   *
   * @param squares sum over the rows of each feature's squared error
   * @param weight receives the factor that turns each feature's error into the gradient of the loss
   */
  public double reconstruction(double[] squares, int rows, double[] weight) {
    int columns = squares.length;
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    switch (likelihood) {
      case UNIT -> {
        Arrays.fill(weight, 2.0 / rows);
        return sum / rows;
      }
      case SHARED -> {
        double found = sum / ((double) rows * columns);
        double variance = Math.max(found, LEAST_VARIANCE);
        Arrays.fill(weight, 1 / (variance * rows));
        return 0.5 * columns * (LOG_2_PI + StrictMath.log(variance) + found / variance);
      }
      case PER_FEATURE -> {
        double loss = 0;
        for (int j = 0; j < columns; j++) {
          double found = squares[j] / rows;
          double variance = Math.max(found, LEAST_VARIANCE);
          weight[j] = 1 / (variance * rows);
          loss += 0.5 * (LOG_2_PI + StrictMath.log(variance) + found / variance);
        }
        return loss;
      }
    }
    throw new AssertionError(likelihood);
  }

  /**
   * The divergence's loss per row, before β.
   *
   * @param divergences sum over the rows of each latent dimension's divergence
   * @param weight receives the weight of each dimension's divergence in the gradient of the loss
   */
  public double divergence(double[] divergences, int rows, double beta, double[] weight) {
    double loss = 0;
    for (int j = 0; j < divergences.length; j++) {
      double mean = divergences[j] / rows;
      boolean free = mean < freeBits;
      loss += free ? freeBits : mean;
      weight[j] = free ? 0 : beta / rows;
    }
    return loss;
  }
}
