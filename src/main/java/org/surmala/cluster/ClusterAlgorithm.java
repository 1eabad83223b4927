package org.surmala.cluster;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The clusterers, by their names in pipelines and results. */
public enum ClusterAlgorithm {
  /** K-Means: k-means++ with restarts, then Lloyd's iterations. */
  KMEANS("kmeans"),
  /** Hierarchical, with the smallest increase of the squared error (Ward 1963). */
  WARD("ward"),
  /** Hierarchical, by the mean distance between members (UPGMA). */
  AVERAGE("average"),
  /** Hierarchical, by the largest distance between members. */
  COMPLETE("complete"),
  /** Separate dense regions, the rest noise (Ester et al. 1996). */
  DBSCAN("dbscan"),
  /** DBSCAN over all densities (Campello, Moulavi and Sander 2013). */
  HDBSCAN("hdbscan"),
  /** Mixture of Gaussians with full covariances. */
  GMM("gmm"),
  /** Mixture of Gaussians with diagonal covariances. */
  GMM_DIAGONAL("gmm_diagonal"),
  /** K-Means on the eigenvectors of the songs' neighbourhood graph (Ng, Jordan and Weiss 2002). */
  SPECTRAL("spectral"),
  /** The clusters that a model defines, such as VaDE; other models have none. */
  MODEL("model");

  private final String label;

  ClusterAlgorithm(String label) {
    this.label = label;
  }

  /** The name in pipelines and results. */
  public String label() {
    return label;
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
        .filter(algorithm -> algorithm.label.equals(label))
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
