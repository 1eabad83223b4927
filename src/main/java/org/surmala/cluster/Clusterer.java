package org.surmala.cluster;

/**
 * A clustering algorithm. The same points in the same order with the same seed give the same
 * clusters, at any number of threads.
 */
interface Clusterer {
  /** The name in results. */
  ClusterAlgorithm algorithm();

  /** Whether the number of clusters is given; otherwise it is found, and k is ignored. */
  default boolean takesK() {
    return algorithm().takesK();
  }

  /** Whether it is fitted to the points; otherwise refits would say nothing of it. */
  default boolean fits() {
    return true;
  }

  /** The largest number of points that it takes. */
  int limit();

  /**
   * Does what is shared by every k.
   *
   * @param points one row for each point; at least 3, none of them changed
   * @throws IllegalArgumentException when there are more points than {@link #limit()}
   */
  SweptClusterer on(double[][] points, long seed);

  /** The same with less effort, for the many refits behind stability and gap. */
  default Clusterer light() {
    return this;
  }

  /** Refuses more points than the limit. */
  default void checkLimit(int points) {
    if (points > limit()) {
      throw new IllegalArgumentException(
          "cluster.algorithms has "
              + algorithm().label()
              + ", which takes at most "
              + limit()
              + " points, because its cost grows with their square; there are "
              + points
              + ". Use kmeans, which has no such limit");
    }
  }
}
