package org.surmala.metric;

import java.util.Arrays;

/**
 * Separation of clusters, by their centroids. Every label counts as a cluster; remove noise before.
 * Both scores are defined for 2 to n − 1 clusters; otherwise they are NaN, where scikit-learn
 * raises an error.
 */
public final class InternalIndices {
  private static final double NEAR_ZERO = 1e-8;

  private final int points;
  private final int clusters;
  private final double[][] centroids;
  private final double[] meanDistance;
  private final double within;
  private final double between;

  private InternalIndices(
      int[] sizes, double[][] centroids, double[] centre, double[] distances, double within) {
    this.centroids = centroids;
    this.within = within;
    clusters = sizes.length;
    points = Arrays.stream(sizes).sum();
    meanDistance = new double[clusters];
    double sum = 0;
    for (int cluster = 0; cluster < clusters; cluster++) {
      meanDistance[cluster] = distances[cluster] / sizes[cluster];
      sum += sizes[cluster] * squaredDistance(centroids[cluster], centre);
    }
    between = sum;
  }

  /**
   * Scores a clustering.
   *
   * @throws IllegalArgumentException if labels and points differ in number
   */
  public static InternalIndices of(double[][] points, int[] labels) {
    if (points.length != labels.length) {
      throw new IllegalArgumentException(
          points.length + " points, but " + labels.length + " labels; their numbers must be equal");
    }
    int[] codes = LabelCodes.of(labels).codes();
    int clusters = Arrays.stream(codes).max().orElse(-1) + 1;
    int dimensions = points.length == 0 ? 0 : points[0].length;
    int[] sizes = new int[clusters];
    double[][] centroids = new double[clusters][dimensions];
    double[] centre = new double[dimensions];
    for (int i = 0; i < points.length; i++) {
      sizes[codes[i]]++;
      for (int d = 0; d < dimensions; d++) {
        centroids[codes[i]][d] += points[i][d];
        centre[d] += points[i][d];
      }
    }
    for (int d = 0; d < dimensions; d++) {
      centre[d] /= points.length;
      for (int cluster = 0; cluster < clusters; cluster++) {
        centroids[cluster][d] /= sizes[cluster];
      }
    }
    double[] distances = new double[clusters];
    double within = 0;
    for (int i = 0; i < points.length; i++) {
      double squared = squaredDistance(points[i], centroids[codes[i]]);
      within += squared;
      distances[codes[i]] += Math.sqrt(squared);
    }
    return new InternalIndices(sizes, centroids, centre, distances, within);
  }

  /**
   * Measures a clustering by the sums of its clusters, where points are too many to hold.
   *
   * @param sizes points of each cluster, 1 or more
   * @param centroids mean of the points of each cluster
   * @param distances of the points of each cluster to its centroid, summed
   * @param within squared distances of all points to their centroids, summed
   */
  public static InternalIndices ofSums(
      int[] sizes, double[][] centroids, double[] distances, double within) {
    double[] centre = new double[centroids.length == 0 ? 0 : centroids[0].length];
    int points = Arrays.stream(sizes).sum();
    for (int d = 0; d < centre.length; d++) {
      for (int cluster = 0; cluster < sizes.length; cluster++) {
        centre[d] += sizes[cluster] * centroids[cluster][d] / points;
      }
    }
    return new InternalIndices(sizes, centroids, centre, distances, within);
  }

  /**
   * Davies–Bouldin index, 0 or more, lower is better: the mean over clusters of the worst ratio of
   * spread to distance with another cluster (Davies and Bouldin 1979; {@code davies_bouldin_score}
   * of scikit-learn 1.2.1). 0 if all points or all centroids coincide; two clusters with the same
   * centroid are excluded from each other's ratio.
   */
  public double daviesBouldin() {
    if (isUndefined()) {
      return Double.NaN;
    }
    double[][] distances = new double[clusters][clusters];
    double largestDistance = 0;
    double largestSpread = 0;
    for (int i = 0; i < clusters; i++) {
      largestSpread = Math.max(largestSpread, meanDistance[i]);
      for (int j = 0; j < clusters; j++) {
        distances[i][j] = Math.sqrt(squaredDistance(centroids[i], centroids[j]));
        largestDistance = Math.max(largestDistance, distances[i][j]);
      }
    }
    if (largestSpread <= NEAR_ZERO || largestDistance <= NEAR_ZERO) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < clusters; i++) {
      double worst = 0;
      for (int j = 0; j < clusters; j++) {
        if (distances[i][j] > 0) {
          worst = Math.max(worst, (meanDistance[i] + meanDistance[j]) / distances[i][j]);
        }
      }
      sum += worst;
    }
    return sum / clusters;
  }

  /**
   * Calinski–Harabasz index, 0 or more, higher is better: variance between clusters over variance
   * within clusters, each divided by its degrees of freedom (Caliński and Harabasz 1974; {@code
   * calinski_harabasz_score} of scikit-learn 1.2.1). 1 if nothing varies within clusters.
   */
  public double calinskiHarabasz() {
    if (isUndefined()) {
      return Double.NaN;
    }
    return within == 0 ? 1 : between * (points - clusters) / (within * (clusters - 1));
  }

  /** Sum of squared distances of the points to their cluster's centroid. */
  public double inertia() {
    return within;
  }

  private boolean isUndefined() {
    return clusters < 2 || clusters > points - 1;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      double difference = a[d] - b[d];
      sum += difference * difference;
    }
    return sum;
  }
}
