package org.surmala.cluster;

/** Euclidean distances between points. */
final class Geometry {
  private Geometry() {}

  /** Squared Euclidean distance of two points with the same dimensions. */
  static double squaredDistance(double[] a, double[] b) {
    // Four independent sums, so that the additions run in parallel.
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int d = 0;
    for (; d + 4 <= a.length; d += 4) {
      double d0 = a[d] - b[d];
      double d1 = a[d + 1] - b[d + 1];
      double d2 = a[d + 2] - b[d + 2];
      double d3 = a[d + 3] - b[d + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; d < a.length; d++) {
      double difference = a[d] - b[d];
      s0 += difference * difference;
    }
    return s0 + s1 + (s2 + s3);
  }

  /**
   * Distance of a point to the centroid of its cluster; for noise, to the nearest centroid.
   *
   * @param centroids centroids by cluster number; NaN for unused numbers
   * @param cluster the point's cluster; -1 is noise
   * @return the distance; NaN for noise if there are no clusters
   */
  static double distance(double[] point, double[][] centroids, int cluster) {
    if (cluster >= 0) {
      return Math.sqrt(squaredDistance(point, centroids[cluster]));
    }
    double nearest = Double.NaN;
    for (double[] centroid : centroids) {
      double squared = squaredDistance(point, centroid);
      nearest = nearest <= squared || Double.isNaN(squared) ? nearest : squared;
    }
    return Math.sqrt(nearest);
  }
}
