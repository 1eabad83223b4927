package org.surmala.report;

import java.util.Map;
import org.surmala.io.SongLot;

/**
 * Draws the songs that the report of results in parts shows: in each cluster the same share, or a
 * larger share in small clusters. It draws by {@link SongLot}, so that the sample has the songs of
 * the samples that are scored and described, which have at most 20,000.
 */
final class SampleDraw {
  /** Number of songs that are drawn, without the larger share in small clusters. */
  static final int MOST = 25_000;

  /** Number of songs that are drawn from a cluster that has them. */
  static final int LEAST_OF_CLUSTER = 250;

  private final Map<Integer, Long> sizes;
  private final double share;

  /**
   * @param sizes number of songs of each cluster
   */
  SampleDraw(Map<Integer, Long> sizes) {
    this.sizes = sizes;
    share = (double) MOST / sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether a song of a cluster is drawn. */
  boolean has(String id, int cluster) {
    double ofCluster = (double) LEAST_OF_CLUSTER / sizes.getOrDefault(cluster, 1L);
    return SongLot.share(id) < Math.max(share, ofCluster);
  }
}
