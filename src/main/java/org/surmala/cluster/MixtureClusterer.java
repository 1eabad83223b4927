package org.surmala.cluster;

import java.util.Map;
import org.surmala.metric.MixtureFit;
import org.surmala.metric.PrincipalComponents;

/**
 * Mixture of Gaussians ({@link MixtureFit}), started twice from K-Means: on the points, and on the
 * points whitened along their principal axes, which separates long parallel groups. The result with
 * the higher likelihood is used. A millionth of the points' mean variance is added to each
 * variance, so that a component cannot shrink to a point. BIC is −2 ln L + p ln n with p free
 * parameters.
 */
final class MixtureClusterer implements Clusterer {
  private static final double FLOOR = 1e-6;

  private final boolean isFull;
  private final int maxIterations;
  private final KMeans start;

  /** A clusterer with full or diagonal covariances, and 1 or more iterations. */
  MixtureClusterer(boolean isFull, int maxIterations) {
    this.isFull = isFull;
    this.maxIterations = maxIterations;
    start = new KMeans(1, maxIterations);
  }

  @Override
  public ClusterAlgorithm algorithm() {
    return isFull ? ClusterAlgorithm.GMM : ClusterAlgorithm.GMM_DIAGONAL;
  }

  @Override
  public SweptClusterer on(double[][] points, long seed) {
    checkLimit(points.length);
    SweptClusterer plain = start.on(points, seed);
    SweptClusterer white = start.on(PrincipalComponents.of(points).whitened(points), seed);
    return k -> {
      MixtureFit one = fit(points, plain.at(k));
      MixtureFit other = fit(points, white.at(k));
      return partition(points, one.logLikelihood() >= other.logLikelihood() ? one : other);
    };
  }

  private MixtureFit fit(double[][] points, Partition begin) {
    return MixtureFit.of(
        points,
        begin.labels(),
        begin.clusters(),
        new MixtureFit.Options(isFull, maxIterations, floor(points)));
  }

  private Partition partition(double[][] points, MixtureFit fit) {
    double[][] shares = fit.shares();
    int n = points.length;
    int k = shares[0].length;
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      for (int c = 1; c < k; c++) {
        labels[i] = shares[i][c] > shares[i][labels[i]] ? c : labels[i];
      }
    }
    int[] numbered = RelabelBySize.bySize(labels);
    // Components take the numbers of their clusters; components without points are dropped.
    int[] component = new int[RelabelBySize.clusters(numbered)];
    double[] probabilities = new double[n];
    for (int i = 0; i < n; i++) {
      component[numbered[i]] = labels[i];
      probabilities[i] = shares[i][labels[i]];
    }
    int d = points[0].length;
    double parameters = k - 1 + (double) k * d + k * (isFull ? d * (d + 1) / 2.0 : d);
    return new Partition(
        numbered,
        RelabelBySize.centroids(points, numbered),
        new MostLikelyComponentPredictor(fit.mixture().of(component)),
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
}
