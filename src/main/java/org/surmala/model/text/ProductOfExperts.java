package org.surmala.model.text;

import org.surmala.model.nn.Kernels;

/**
 * The product of Gaussian experts with the standard normal prior (Wu and Goodman, 2018): precisions
 * are summed, and the mean is the precision-weighted mean of the experts. A head is stored as
 * means, then log-variances.
 *
 * @param <A> float[] or double[]
 */
record ProductOfExperts<A>(Kernels<A> kernels, int latent) {
  /** The product of the prior with one or both experts, into row {@code intoRow}. */
  void product(A first, A other, int row, boolean second, A into, int intoRow) {
    int from = row * 2 * latent;
    int to = intoRow * 2 * latent;
    for (int j = 0; j < latent; j++) {
      double precision = Math.exp(-kernels.get(first, from + latent + j));
      double all = 1 + precision;
      double sum = precision * kernels.get(first, from + j);
      if (second) {
        double otherPrecision = Math.exp(-kernels.get(other, from + latent + j));
        all += otherPrecision;
        sum += otherPrecision * kernels.get(other, from + j);
      }
      kernels.set(into, to + j, sum / all);
      kernels.set(into, to + latent + j, -Math.log(all));
    }
  }

  /** Adds the gradient that a product of heads propagates to one expert's head. */
  void addGradient(A expert, int row, A product, A slope, int productRow, A into) {
    int from = row * 2 * latent;
    int at = productRow * 2 * latent;
    for (int j = 0; j < latent; j++) {
      double share =
          Math.exp(kernels.get(product, at + latent + j) - kernels.get(expert, from + latent + j));
      double meanSlope = kernels.get(slope, at + j);
      double varianceSlope = kernels.get(slope, at + latent + j);
      double apart = kernels.get(expert, from + j) - kernels.get(product, at + j);
      kernels.set(into, from + j, kernels.get(into, from + j) + share * meanSlope);
      kernels.set(
          into,
          from + latent + j,
          kernels.get(into, from + latent + j) + share * (varianceSlope - meanSlope * apart));
    }
  }
}
