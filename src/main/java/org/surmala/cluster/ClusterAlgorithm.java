package org.surmala.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The clusterers, by their names in pipelines and results. */
public enum ClusterAlgorithm {
  /** K-Means: k-means++ with restarts, then Lloyd's iterations. */
  KMEANS,
  /** Hierarchical, with the smallest increase of the squared error (Ward 1963). */
  WARD(50_000),
  /** Hierarchical, by the mean distance between members (UPGMA). */
  AVERAGE(15_000),
  /** Hierarchical, by the largest distance between members. */
  COMPLETE(15_000),
  /** Separate dense regions, the rest noise (Ester et al. 1996). */
  DBSCAN(50_000),
  /** DBSCAN over all densities (Campello, Moulavi and Sander 2013). */
  HDBSCAN(30_000),
  /** Mixture of Gaussians with full covariances. */
  GMM(200_000),
  /** Mixture of Gaussians with diagonal covariances. */
  GMM_DIAGONAL(200_000),
  /** K-Means on the eigenvectors of the songs' neighbourhood graph (Ng, Jordan and Weiss 2002). */
  SPECTRAL(3_000),
  /** The clusters that a model defines, such as VaDE; other models have none. */
  MODEL;

  private final int limit;

  ClusterAlgorithm() {
    this(Integer.MAX_VALUE);
  }

  ClusterAlgorithm(int limit) {
    this.limit = limit;
  }

  /** The name in pipelines and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The largest number of points that the clusterer accepts. */
  int limit() {
    return limit;
  }

  /** Whether k is given; otherwise the algorithm finds it. */
  public boolean takesK() {
    return this != DBSCAN && this != HDBSCAN && this != MODEL;
  }

  /**
   * The clusterer of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the valid names
   */
  public static ClusterAlgorithm of(String label) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cluster.algorithms has '"
                        + label
                        + "'; the clusterers are "
                        + Arrays.stream(values())
                            .map(ClusterAlgorithm::label)
                            .collect(Collectors.joining(", "))));
  }
}
