package org.surmala.metric;

/**
 * How far clusters lie apart, measured at their centroids. Any label makes a cluster; leave noise
 * out before. Both figures are defined for 2 to n − 1 clusters and NaN otherwise, where
 * scikit-learn raises an error.
 */
public final class InternalIndices {
  private static final double NEAR_ZERO = 1e-8;

  private final int points;
  private final int dimensions;
  private final int clusters;
  private final double[][] centroids;
  private final int[] sizes;
  private final double[] meanDistance;
  private final double within;
  private final double between;

  private InternalIndices(double[][] points, LabelCodes labels) {
    this.points = points.length;
    clusters = labels.count();
    dimensions = points.length == 0 ? 0 : points[0].length;
    sizes = new int[clusters];
    centroids = new double[clusters][dimensions];
    double[] centre = new double[dimensions];
    for (int i = 0; i < points.length; i++) {
      int cluster = labels.codes()[i];
      sizes[cluster]++;
      for (int d = 0; d < dimensions; d++) {
        centroids[cluster][d] += points[i][d];
        centre[d] += points[i][d];
      }
    }
    for (int d = 0; d < dimensions; d++) {
      centre[d] /= points.length;
      for (int cluster = 0; cluster < clusters; cluster++) {
        centroids[cluster][d] /= sizes[cluster];
      }
    }
    meanDistance = new double[clusters];
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      int cluster = labels.codes()[i];
      double squared = squaredDistance(points[i], centroids[cluster]);
      sum += squared;
      meanDistance[cluster] += Math.sqrt(squared);
    }
    within = sum;
    double betweenSum = 0;
    for (int cluster = 0; cluster < clusters; cluster++) {
      meanDistance[cluster] /= sizes[cluster];
      betweenSum += sizes[cluster] * squaredDistance(centroids[cluster], centre);
    }
    between = betweenSum;
  }

  /**
   * Measures a clustering.
   *
   * @throws IllegalArgumentException when there are not as many labels as points
   */
  public static InternalIndices of(double[][] points, int[] labels) {
    if (points.length != labels.length) {
      throw new IllegalArgumentException(
          points.length + " points, but " + labels.length + " labels; their numbers must be equal");
    }
    return new InternalIndices(points, LabelCodes.of(labels));
  }

  /**
   * Davies–Bouldin index, 0 or more, lower is better: for each cluster its worst ratio of spread to
   * distance against another, averaged (Davies and Bouldin 1979; {@code davies_bouldin_score} of
   * scikit-learn 1.2.1). 0 when all points or all centroids coincide; two clusters with one
   * centroid are left out of each other's ratio.
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
   * within, each by its degrees of freedom (Caliński and Harabasz 1974; {@code
   * calinski_harabasz_score} of scikit-learn 1.2.1). 1 when nothing varies within clusters.
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

  private double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < dimensions; d++) {
      double difference = a[d] - b[d];
      sum += difference * difference;
    }
    return sum;
  }
}
