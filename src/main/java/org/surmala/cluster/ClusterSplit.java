package org.surmala.cluster;

/** Splits one cluster in two by the top join of Ward's hierarchy over its songs. */
public final class ClusterSplit {
  /** Largest cluster to split: Ward takes O(n²) time. */
  public static final int MOST_SONGS = 20_000;

  private ClusterSplit() {}

  /**
   * Splits.
   *
   * @param points embedding of each song of the cluster, from 2 to {@value #MOST_SONGS}
   * @return 0 for songs of the larger part, 1 for songs of the other part; all 0 if the songs do
   *     not differ
   */
  public static int[] halves(double[][] points) {
    if (points.length < 2 || points.length > MOST_SONGS) {
      throw new IllegalArgumentException(
          "the cluster has " + points.length + " songs; it must have 2 to " + MOST_SONGS);
    }
    return new Ward().on(points, 0).at(2).labels();
  }
}
