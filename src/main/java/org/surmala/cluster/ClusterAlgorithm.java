package org.surmala.cluster;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The clusterers, by their names in pipelines and results. */
public enum ClusterAlgorithm {
  /** K-Means: k-means++ with restarts, then Lloyd's iterations. */
  KMEANS("kmeans"),
  /** Hierarchical, by the smallest growth of the squared error (Ward 1963). */
  WARD("ward");

  private final String label;

  ClusterAlgorithm(String label) {
    this.label = label;
  }

  /** The name in pipelines and results. */
  public String label() {
    return label;
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
