package org.surmala.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.surmala.schema.FittedClusterer;

/**
 * A mixture of Gaussians; a point belongs to the component that is likeliest to have made it.
 * Covariances are kept as their lower Cholesky factors' inverses, so that a density is one product.
 */
final class Mixture implements Rule {
  static final String NAME = "mixture";

  private final double[] weights;
  private final double[][] means;
  private final double[][] covariances;
  private final boolean isFull;
  private final double[][] inverseRoots;
  private final double[] logNorms;

  /**
   * A mixture of k components in d dimensions.
   *
   * @param weights of the components, summing to 1
   * @param means [k][d]
   * @param covariances [k][d × d] row by row when full, else the variances [k][d]; positive
   *     definite
   */
  Mixture(double[] weights, double[][] means, double[][] covariances) {
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

  int components() {
    return means.length;
  }

  /** Some of the components, in this order; their weights sum to 1 again. */
  Mixture of(int[] chosen) {
    double sum = Arrays.stream(chosen).mapToDouble(c -> weights[c]).sum();
    return new Mixture(
        Arrays.stream(chosen).mapToDouble(c -> weights[c] / sum).toArray(),
        Arrays.stream(chosen).mapToObj(c -> means[c]).toArray(double[][]::new),
        Arrays.stream(chosen).mapToObj(c -> covariances[c]).toArray(double[][]::new));
  }

  /** Log of weight times density for each component. */
  double[] logDensities(double[] point) {
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

  @Override
  public int assign(double[] point) {
    double[] densities = logDensities(point);
    int likeliest = 0;
    for (int c = 1; c < densities.length; c++) {
      likeliest = densities[c] > densities[likeliest] ? c : likeliest;
    }
    return likeliest;
  }

  @Override
  public FittedClusterer save() {
    return new FittedClusterer(
        NAME,
        means.length,
        means[0].length,
        Map.of(),
        List.of(
            Packed.coefficients("weights", weights),
            Packed.coefficients("means", means),
            Packed.coefficients("covariances", covariances)));
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
