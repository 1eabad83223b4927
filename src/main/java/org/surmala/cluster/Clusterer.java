package org.surmala.cluster;

/**
 * A clustering algorithm. The same points in the same order with the same seed give the same
 * clusters, at any number of threads.
 */
interface Clusterer {
  /** The name in results. */
  ClusterAlgorithm algorithm();

  /** Whether k is given; otherwise the clusterer finds the number of clusters and ignores k. */
  default boolean takesK() {
    return algorithm().takesK();
  }

  /** Whether the clusterer is fitted to the points; otherwise refits would be meaningless. */
  default boolean fits() {
    return true;
  }

  /**
   * Prepares the work that every k shares.
   *
   * @param points one row for each point, at least 3; not changed
   * @throws IllegalArgumentException if there are more points than {@link ClusterAlgorithm#limit()}
   */
  SweptClusterer on(double[][] points, long seed);

  /** A faster variant, for the many refits of stability and gap. */
  default Clusterer light() {
    return this;
  }

  /** Throws if there are more points than the limit. */
  default void checkLimit(int points) {
    if (points > algorithm().limit()) {
      throw new IllegalArgumentException(
          ("cluster.algorithms has %s, which takes at most %s points, because its cost"
                  + " grows with their square; there are %s. Use kmeans, which has no such limit")
              .formatted(algorithm().label(), algorithm().limit(), points));
    }
  }
}
