package org.surmala.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.surmala.metric.PrincipalComponents;

/**
 * Mixture of Gaussians by expectation maximisation (Dempster, Laird and Rubin 1977), started from
 * K-Means, once on the points as they are and once with their principal axes scaled alike, which
 * sees long thin groups side by side; the likelier end stays. To each variance a millionth of the
 * mean variance of the points is added, so that a component cannot shrink to a point. Its criterion
 * is −2 ln L + p ln n with p free parameters.
 */
final class GaussianMixture implements Clusterer {
  private static final int LIMIT = 200_000;
  private static final double TOLERANCE = 1e-4;
  private static final double FLOOR = 1e-6;

  private final boolean isFull;
  private final int maxIterations;
  private final KMeans start;

  /**
   * A clusterer with these options.
   *
   * @param isFull covariances, not variances only
   * @param maxIterations 1 or more
   */
  GaussianMixture(boolean isFull, int maxIterations) {
    this.isFull = isFull;
    this.maxIterations = maxIterations;
    start = new KMeans(1, maxIterations);
  }

  @Override
  public ClusterAlgorithm algorithm() {
    return isFull ? ClusterAlgorithm.GMM : ClusterAlgorithm.GMM_DIAGONAL;
  }

  @Override
  public int limit() {
    return LIMIT;
  }

  @Override
  public Fitting on(double[][] points, long seed) {
    checkLimit(points.length);
    Fitting plain = start.on(points, seed);
    Fitting white = start.on(PrincipalComponents.of(points).whitened(points), seed);
    return k -> {
      Fit one = fit(points, plain.at(k));
      Fit other = fit(points, white.at(k));
      return partition(points, one.logLikelihood() >= other.logLikelihood() ? one : other);
    };
  }

  // Carries arrays; never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Fit(double[][] shares, double logLikelihood) {}

  private Fit fit(double[][] points, Partition begin) {
    int n = points.length;
    int k = begin.clusters();
    double floor = floor(points);
    double[][] shares = new double[n][k];
    for (int i = 0; i < n; i++) {
      shares[i][begin.labels()[i]] = 1;
    }
    Mixture mixture = maximise(points, shares, k, floor);
    double before = Double.NEGATIVE_INFINITY;
    double logLikelihood = expect(points, mixture, shares);
    for (int i = 0; i < maxIterations && logLikelihood - before > TOLERANCE * n; i++) {
      mixture = maximise(points, shares, k, floor);
      before = logLikelihood;
      logLikelihood = expect(points, mixture, shares);
    }
    return new Fit(shares, logLikelihood);
  }

  private Partition partition(double[][] points, Fit fit) {
    double[][] shares = fit.shares();
    int n = points.length;
    int k = shares[0].length;
    double floor = floor(points);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      for (int c = 1; c < k; c++) {
        labels[i] = shares[i][c] > shares[i][labels[i]] ? c : labels[i];
      }
    }
    int[] numbered = Numbering.bySize(labels);
    int clusters = Numbering.clusters(numbered);
    // Components take the numbers of their clusters; one that no point belongs to is left out.
    double[][] renumbered = new double[n][clusters];
    int[] component = new int[clusters];
    double[] probabilities = new double[n];
    for (int i = 0; i < n; i++) {
      component[numbered[i]] = labels[i];
      probabilities[i] = shares[i][labels[i]];
    }
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int c = 0; c < clusters; c++) {
        sum += shares[i][component[c]];
      }
      for (int c = 0; c < clusters; c++) {
        renumbered[i][c] = shares[i][component[c]] / sum;
      }
    }
    Mixture rule = maximise(points, renumbered, clusters, floor);
    int d = points[0].length;
    double parameters = k - 1 + (double) k * d + k * (isFull ? d * (d + 1) / 2.0 : d);
    return new Partition(
        numbered,
        Numbering.centroids(points, numbered),
        rule,
        probabilities,
        parameters * Math.log(n) - 2 * fit.logLikelihood(),
        Map.of("covariance", isFull ? "full" : "diagonal"));
  }

  private static double floor(double[][] points) {
    int d = points[0].length;
    double sum = 0;
    for (int j = 0; j < d; j++) {
      double mean = 0;
      double squares = 0;
      for (double[] point : points) {
        mean += point[j] / points.length;
      }
      for (double[] point : points) {
        squares += (point[j] - mean) * (point[j] - mean);
      }
      sum += squares / points.length;
    }
    return sum == 0 ? FLOOR : FLOOR * sum / d;
  }

  /** Fills in each point's shares; gives the log likelihood. */
  private static double expect(double[][] points, Mixture mixture, double[][] shares) {
    double[] logs = new double[points.length];
    IntStream.range(0, points.length)
        .parallel()
        .forEach(
            i -> {
              double[] densities = mixture.logDensities(points[i]);
              double most = Arrays.stream(densities).max().orElse(0);
              double sum = 0;
              for (int c = 0; c < densities.length; c++) {
                densities[c] = Math.exp(densities[c] - most);
                sum += densities[c];
              }
              for (int c = 0; c < densities.length; c++) {
                shares[i][c] = densities[c] / sum;
              }
              logs[i] = most + Math.log(sum);
            });
    return Arrays.stream(logs).sum();
  }

  private Mixture maximise(double[][] points, double[][] shares, int k, double floor) {
    int d = points[0].length;
    double[] weights = new double[k];
    double[][] means = new double[k][d];
    double[][] covariances = new double[k][isFull ? d * d : d];
    IntStream.range(0, k)
        .parallel()
        .forEach(
            c -> {
              double total = Double.MIN_NORMAL;
              for (int i = 0; i < points.length; i++) {
                total += shares[i][c];
                for (int j = 0; j < d; j++) {
                  means[c][j] += shares[i][c] * points[i][j];
                }
              }
              for (int j = 0; j < d; j++) {
                means[c][j] /= total;
              }
              weights[c] = total / points.length;
              spread(points, shares, c, means[c], total, covariances[c]);
              for (int j = 0; j < d; j++) {
                covariances[c][isFull ? j * d + j : j] += floor;
              }
            });
    return new Mixture(weights, means, covariances);
  }

  private void spread(
      double[][] points,
      double[][] shares,
      int component,
      double[] mean,
      double total,
      double[] out) {
    int d = mean.length;
    double[] difference = new double[d];
    for (int i = 0; i < points.length; i++) {
      double share = shares[i][component];
      if (share == 0) {
        continue;
      }
      for (int j = 0; j < d; j++) {
        difference[j] = points[i][j] - mean[j];
      }
      for (int row = 0; row < d; row++) {
        double scaled = share * difference[row];
        if (isFull) {
          for (int column = 0; column < d; column++) {
            out[row * d + column] += scaled * difference[column];
          }
        } else {
          out[row] += scaled * difference[row];
        }
      }
    }
    for (int j = 0; j < out.length; j++) {
      out[j] /= total;
    }
  }
}
