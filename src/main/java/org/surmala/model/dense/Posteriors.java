package org.surmala.model.dense;

import java.util.Arrays;

/**
 * The posteriors of a batch, and the gradients of a loss term with respect to them, stored by
 * latent dimension, so that loops over rows access contiguous memory.
 */
final class Posteriors {
  /** Means: latent × rows. */
  final double[][] mean;

  final double[][] logVariance;
  final double[][] meanGradient;
  final double[][] logVarianceGradient;
  private int rows;

  Posteriors(int latent, int most) {
    mean = new double[latent][most];
    logVariance = new double[latent][most];
    meanGradient = new double[latent][most];
    logVarianceGradient = new double[latent][most];
  }

  /** Starts a batch of the given number of rows, with zero gradients. */
  void begin(int count) {
    rows = count;
    for (int j = 0; j < mean.length; j++) {
      Arrays.fill(meanGradient[j], 0, count, 0);
      Arrays.fill(logVarianceGradient[j], 0, count, 0);
    }
  }

  int rows() {
    return rows;
  }

  int latent() {
    return mean.length;
  }
}
