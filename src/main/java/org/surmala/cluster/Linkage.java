package org.surmala.cluster;

import java.util.ArrayList;
import java.util.List;
import org.surmala.metric.ColumnMajorMatrix;
import smile.clustering.HierarchicalClustering;
import smile.clustering.linkage.CompleteLinkage;
import smile.clustering.linkage.UPGMALinkage;

/**
 * Hierarchical clustering by average or complete linkage, by Smile on a distance table. Takes 2 n²
 * bytes and O(n²) time. Heights equal SciPy's to float precision.
 */
final class Linkage implements Clusterer {
  private final ClusterAlgorithm algorithm;

  /** AVERAGE or COMPLETE. */
  Linkage(ClusterAlgorithm algorithm) {
    this.algorithm = algorithm;
  }

  @Override
  public ClusterAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public SweptClusterer on(double[][] points, long seed) {
    checkLimit(points.length);
    return SweptClusterer.of(points, join(points));
  }

  private Dendrogram join(double[][] points) {
    int n = points.length;
    float[] distances = distances(points);
    HierarchicalClustering tree =
        HierarchicalClustering.fit(
            algorithm == ClusterAlgorithm.COMPLETE
                ? new CompleteLinkage(n, distances)
                : new UPGMALinkage(n, distances));
    // Smile identifies a cluster by its join, Dendrogram by one of its points.
    int[] pointOf = new int[2 * n - 1];
    List<Dendrogram.Join> joins = new ArrayList<>(n);
    for (int i = 0; i < pointOf.length; i++) {
      if (i < n) {
        pointOf[i] = i;
      } else {
        int[] pair = tree.tree()[i - n];
        pointOf[i] = pointOf[pair[0]];
        joins.add(new Dendrogram.Join(pointOf[pair[0]], pointOf[pair[1]], tree.height()[i - n]));
      }
    }
    return new Dendrogram(n, joins);
  }

  /** Distances of each point to itself and to later points, in Smile's order. */
  private static float[] distances(double[][] points) {
    int n = points.length;
    ColumnMajorMatrix columns = ColumnMajorMatrix.of(points);
    float[] distances = new float[n * (n + 1) / 2];
    double[] squares = new double[n];
    int at = 0;
    for (int i = 0; i < n; i++) {
      columns.squaredDistances(points[i], i, n, squares);
      for (int j = i; j < n; j++) {
        distances[at++] = (float) Math.sqrt(squares[j - i]);
      }
    }
    return distances;
  }
}
