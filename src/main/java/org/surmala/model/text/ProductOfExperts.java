package org.surmala.model.text;

import org.surmala.model.nn.Kernels;

/**
 * The product of Gaussian experts with the standard normal prior (Wu and Goodman, 2018): precisions
 * add up, and the mean is that of the experts weighed by theirs. A head lies as means and then
 * log-variances.
 *
 * @param <A> float[] or double[]
 */
final class ProductOfExperts<A> {
  private final Kernels<A> kernels;
  private final int latent;

  ProductOfExperts(Kernels<A> kernels, int latent) {
    this.kernels = kernels;
    this.latent = latent;
  }

  /**
   * The product of the prior and one expert, or of both.
   *
   * @param row of each expert's head
   * @param second whether the second expert speaks
   * @param into receives the head at row {@code intoRow}
   */
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

  /**
   * Adds to one expert's gradient what a product's is by it.
   *
   * @param expert its head, at {@code row}
   * @param product the product's head, at {@code productRow}
   * @param slope the loss's gradient by the product's head
   * @param into the gradient by the expert's head
   */
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
