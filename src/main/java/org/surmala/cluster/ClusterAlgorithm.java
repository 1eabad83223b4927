package org.surmala.cluster;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The clusterers, by their names in pipelines and results. */
public enum ClusterAlgorithm {
  /** K-Means: k-means++ with restarts, then Lloyd's iterations. */
  KMEANS("kmeans"),
  /** Hierarchical, by the smallest growth of the squared error (Ward 1963). */
  WARD("ward"),
  /** Hierarchical, by the mean distance between members (UPGMA). */
  AVERAGE("average"),
  /** Hierarchical, by the largest distance between members. */
  COMPLETE("complete"),
  /** Dense regions apart from one another, the rest noise (Ester et al. 1996). */
  DBSCAN("dbscan"),
  /** The same over all densities at once (Campello, Moulavi and Sander 2013). */
  HDBSCAN("hdbscan"),
  /** Mixture of Gaussians, each with a full covariance. */
  GMM("gmm"),
  /** Mixture of Gaussians whose axes are those of the space. */
  GMM_DIAGONAL("gmm_diagonal"),
  /** K-Means on the eigenvectors of the songs' neighbourhood graph (Ng, Jordan and Weiss 2002). */
  SPECTRAL("spectral"),
  /** The clusters that a model brings with it, as VaDE does; no others have any. */
  MODEL("model");

  private final String label;

  ClusterAlgorithm(String label) {
    this.label = label;
  }

  /** The name in pipelines and results. */
  public String label() {
    return label;
  }

  /** Whether the number of clusters is given; otherwise it is found. */
  public boolean takesK() {
    return this != DBSCAN && this != HDBSCAN && this != MODEL;
  }

  /**
   * The clusterer of this name.
   *
   * @throws IllegalArgumentException when there is none; the message names those that there are
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
