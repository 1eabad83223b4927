package org.surmala.cluster;

import java.io.Serializable;
import java.util.List;

/**
 * How songs are clustered. Start from {@link #DEFAULTS} and change what is wanted.
 *
 * @param algorithms the clusterers, each fitted to every representation; at least one
 * @param kMin smallest number of clusters that is tried, 2 or more
 * @param kMax largest, {@code kMin} or more; equal to it when k is given
 * @param restarts of K-Means, 1 or more; the best by inertia stays
 * @param maxIterations of each K-Means start, 1 or more
 * @param stabilityRefits refits to bootstrap samples that each k's stability is the mean of; 0 for
 *     none
 * @param silhouetteSample songs that stand for all in a sweep's silhouette when there are more than
 *     20,000; 100 or more
 * @param seed of everything random
 */
public record ClusterOptions(
    List<ClusterAlgorithm> algorithms,
    int kMin,
    int kMax,
    int restarts,
    int maxIterations,
    int stabilityRefits,
    int silhouetteSample,
    long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** K-Means and Ward for k from 2 to 10. */
  public static final ClusterOptions DEFAULTS =
      new ClusterOptions(
          List.of(ClusterAlgorithm.KMEANS, ClusterAlgorithm.WARD), 2, 10, 5, 300, 5, 2_000, 1);

  public ClusterOptions {
    algorithms = List.copyOf(algorithms);
    if (algorithms.isEmpty()) {
      throw new IllegalArgumentException(
          "cluster.algorithms is empty; name at least one clusterer, such as kmeans");
    }
    if (algorithms.stream().distinct().count() < algorithms.size()) {
      throw new IllegalArgumentException(
          "cluster.algorithms names a clusterer twice; name each once");
    }
    atLeast("cluster.k", kMin, 2);
    if (kMax < kMin) {
      throw new IllegalArgumentException(
          "cluster.k goes from " + kMin + " to " + kMax + "; the end must not be below the start");
    }
    atLeast("cluster.restarts", restarts, 1);
    atLeast("cluster.max_iterations", maxIterations, 1);
    atLeast("cluster.stability_refits", stabilityRefits, 0);
    atLeast("cluster.silhouette_sample", silhouetteSample, 100);
  }

  private static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          option + " is " + value + "; it must be " + least + " or more");
    }
  }

  /** With these clusterers. */
  public ClusterOptions withAlgorithms(ClusterAlgorithm... wanted) {
    return new ClusterOptions(
        List.of(wanted),
        kMin,
        kMax,
        restarts,
        maxIterations,
        stabilityRefits,
        silhouetteSample,
        seed);
  }

  /** With one number of clusters. */
  public ClusterOptions withK(int k) {
    return withKRange(k, k);
  }

  /** With a range of numbers of clusters, both ends included. */
  public ClusterOptions withKRange(int least, int most) {
    return new ClusterOptions(
        algorithms, least, most, restarts, maxIterations, stabilityRefits, silhouetteSample, seed);
  }

  /** With this many starts of K-Means. */
  public ClusterOptions withRestarts(int count) {
    return new ClusterOptions(
        algorithms, kMin, kMax, count, maxIterations, stabilityRefits, silhouetteSample, seed);
  }

  /** With this many refits for the stability of each k. */
  public ClusterOptions withStabilityRefits(int refits) {
    return new ClusterOptions(
        algorithms, kMin, kMax, restarts, maxIterations, refits, silhouetteSample, seed);
  }

  /** With this seed. */
  public ClusterOptions withSeed(long value) {
    return new ClusterOptions(
        algorithms, kMin, kMax, restarts, maxIterations, stabilityRefits, silhouetteSample, value);
  }
}
