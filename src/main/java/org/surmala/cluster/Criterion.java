package org.surmala.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The criterion that chooses k. */
public enum Criterion {
  /** Highest mean silhouette. */
  SILHOUETTE,
  /** Lowest Davies–Bouldin index. */
  DAVIES_BOULDIN,
  /** Highest Calinski–Harabasz index. */
  CALINSKI_HARABASZ,
  /** Smallest k whose gap is within one standard error of the next k's (Tibshirani et al. 2001). */
  GAP,
  /** Lowest Bayesian information criterion. */
  BIC,
  /**
   * Largest k whose clusters all have a mean Jaccard index of 0.75 or more with bootstrap refits
   * (Hennig 2007); the highest silhouette if there is none.
   */
  STABILITY;

  /** The name in pipelines. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The criterion of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the valid names
   */
  public static Criterion of(String label) {
    return Arrays.stream(values())
        .filter(criterion -> criterion.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cluster.criterion is '"
                        + label
                        + "'; the criteria are "
                        + Arrays.stream(values())
                            .map(Criterion::label)
                            .collect(Collectors.joining(", "))));
  }
}
