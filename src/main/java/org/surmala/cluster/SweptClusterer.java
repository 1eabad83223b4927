package org.surmala.cluster;

import java.util.List;
import org.surmala.schema.Merge;

/** A clusterer prepared for one set of points. */
interface SweptClusterer {
  /**
   * The points in k clusters; fewer when there are fewer distinct points.
   *
   * @param k from 2 to the number of points; ignored by a clusterer that finds it
   */
  Partition at(int k);

  /** Joins from the lowest to the highest; empty unless the clusterer is hierarchical. */
  default List<Merge> merges() {
    return List.of();
  }
}
