package org.surmala.cluster;

import java.util.List;
import org.surmala.schema.Merge;

/** A clusterer prepared for one set of points. */
interface SweptClusterer {
  /**
   * Partitions the points into k clusters, from 2; fewer if there are fewer distinct points. A
   * clusterer that finds k ignores it.
   */
  Partition at(int k);

  /** Joins from the lowest to the highest; empty unless the clusterer is hierarchical. */
  default List<Merge> merges() {
    return List.of();
  }

  /** The cuts of a hierarchy over these points. */
  static SweptClusterer of(double[][] points, Dendrogram dendrogram) {
    return new SweptClusterer() {
      @Override
      public Partition at(int k) {
        return Partition.byCentroid(points, dendrogram.cut(k));
      }

      @Override
      public List<Merge> merges() {
        return dendrogram.merges();
      }
    };
  }
}
