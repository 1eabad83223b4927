package org.surmala.cluster;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A partition of points into clusters.
 *
 * @param labels the cluster of each point, from 0, numbered by size, the largest first, ties by the
 *     first member; -1 is noise
 * @param centroids mean of each cluster's members
 * @param rule predictor for new points
 * @param probabilities probability of each point's own cluster; null if the clusterer has none
 * @param bic Bayesian information criterion if the clusterer defines its own; otherwise null
 * @param found further results of the fit, by name
 */
record Partition(
    int[] labels,
    double[][] centroids,
    ClusterPredictor rule,
    double @Nullable [] probabilities,
    @Nullable Double bic,
    Map<String, String> found) {
  /** A partition that assigns new points to the nearest centroid. */
  static Partition byCentroid(double[][] points, int[] labels) {
    int[] numbered = RelabelBySize.bySize(labels);
    double[][] centroids = RelabelBySize.centroids(points, numbered);
    return new Partition(
        numbered, centroids, new NearestCentroidPredictor(centroids), null, null, Map.of());
  }

  /** Number of clusters. */
  int clusters() {
    return centroids.length;
  }
}
