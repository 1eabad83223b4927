package org.surmala.metric;

import java.util.Arrays;

/**
 * A mixture of Gaussians. Densities are computed as logarithms, so that they do not underflow far
 * from every component. Covariances are stored as inverses of their lower Cholesky factors, so that
 * a density needs one product. Immutable.
 */
public final class GaussianMixture {
  private final double[] weights;
  private final double[][] means;
  private final double[][] covariances;
  private final boolean isFull;
  private final double[][] inverseRoots;
  private final double[] logNorms;

  /**
   * A mixture of k components in d dimensions.
   *
   * @param weights weights of the components, with sum 1
   * @param means [k][d]
   * @param covariances full covariances [k][d × d] row by row, or variances [k][d]; positive
   *     definite
   */
  public GaussianMixture(double[] weights, double[][] means, double[][] covariances) {
    this.weights = weights;
    this.means = means;
    this.covariances = covariances;
    int dimensions = means[0].length;
    isFull = covariances[0].length > dimensions || dimensions == 1;
    inverseRoots = new double[means.length][];
    logNorms = new double[means.length];
    for (int c = 0; c < means.length; c++) {
      inverseRoots[c] =
          isFull ? inverseRoot(covariances[c], dimensions) : reciprocalRoots(covariances[c]);
      double logDeterminant = 0;
      for (int d = 0; d < dimensions; d++) {
        logDeterminant -= Math.log(inverseRoots[c][isFull ? d * dimensions + d : d]);
      }
      logNorms[c] =
          Math.log(weights[c]) - 0.5 * dimensions * Math.log(2 * Math.PI) - logDeterminant;
    }
  }

  /** Number of components. */
  public int components() {
    return means.length;
  }

  /** The components' weights; the array itself. */
  public double[] weights() {
    return weights;
  }

  /** The components' means; the arrays themselves. */
  public double[][] means() {
    return means;
  }

  /** The components' covariances, or their variances; the arrays themselves. */
  public double[][] covariances() {
    return covariances;
  }

  /** A mixture of the given components, in this order, with renormalised weights. */
  public GaussianMixture of(int[] chosen) {
    double sum = Arrays.stream(chosen).mapToDouble(c -> weights[c]).sum();
    return new GaussianMixture(
        Arrays.stream(chosen).mapToDouble(c -> weights[c] / sum).toArray(),
        Arrays.stream(chosen).mapToObj(c -> means[c]).toArray(double[][]::new),
        Arrays.stream(chosen).mapToObj(c -> covariances[c]).toArray(double[][]::new));
  }

  /** Log of weight times density for each component. */
  public double[] logDensities(double[] point) {
    int dimensions = point.length;
    double[] result = new double[means.length];
    double[] difference = new double[dimensions];
    for (int c = 0; c < means.length; c++) {
      for (int d = 0; d < dimensions; d++) {
        difference[d] = point[d] - means[c][d];
      }
      double squares = 0;
      double[] root = inverseRoots[c];
      for (int row = 0; row < dimensions; row++) {
        double sum = 0;
        if (isFull) {
          for (int column = 0; column <= row; column++) {
            sum += root[row * dimensions + column] * difference[column];
          }
        } else {
          sum = root[row] * difference[row];
        }
        squares += sum * sum;
      }
      result[c] = logNorms[c] - 0.5 * squares;
    }
    return result;
  }

  /**
   * Computes the posterior probability of each component.
   *
   * @param shares receives the probabilities, with sum 1
   * @return log density of the point
   */
  public double posterior(double[] point, double[] shares) {
    double[] logs = logDensities(point);
    double most = Arrays.stream(logs).max().orElse(0);
    double sum = 0;
    for (int c = 0; c < logs.length; c++) {
      shares[c] = Math.exp(logs[c] - most);
      sum += shares[c];
    }
    for (int c = 0; c < logs.length; c++) {
      shares[c] /= sum;
    }
    return most + Math.log(sum);
  }

  /** The most likely component of the point; ties to the lower number. */
  public int likeliest(double[] point) {
    double[] densities = logDensities(point);
    int likeliest = 0;
    for (int c = 1; c < densities.length; c++) {
      likeliest = densities[c] > densities[likeliest] ? c : likeliest;
    }
    return likeliest;
  }

  private static double[] reciprocalRoots(double[] variances) {
    double[] roots = new double[variances.length];
    for (int d = 0; d < roots.length; d++) {
      roots[d] = 1 / Math.sqrt(variances[d]);
    }
    return roots;
  }

  private static double[] inverseRoot(double[] covariance, int n) {
    double[] root = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = covariance[i * n + j];
        for (int m = 0; m < j; m++) {
          sum -= root[i * n + m] * root[j * n + m];
        }
        if (i == j && !(sum > 0)) {
          throw new IllegalStateException(
              "a covariance is not positive definite at dimension "
                  + i
                  + "; use gmm_diagonal, or fewer dimensions");
        }
        root[i * n + j] = i == j ? Math.sqrt(sum) : sum / root[j * n + j];
      }
    }
    double[] inverse = new double[n * n];
    for (int column = 0; column < n; column++) {
      inverse[column * n + column] = 1 / root[column * n + column];
      for (int i = column + 1; i < n; i++) {
        double sum = 0;
        for (int m = column; m < i; m++) {
          sum -= root[i * n + m] * inverse[m * n + column];
        }
        inverse[i * n + column] = sum / root[i * n + i];
      }
    }
    return inverse;
  }
}
