package org.surmala.evaluate;

import java.util.Locale;

/** The codes of the column flags of the metrics: why a score is withheld or needs caution. */
public enum Flag {
  /** This k was chosen for its representation and clusterer. */
  CHOSEN,
  /**
   * Fewer than two dimensions of the embedding vary (standard deviation above 0.1): silhouette,
   * Davies–Bouldin and Calinski–Harabasz are withheld.
   */
  COLLAPSED,
  /** One cluster has more than 95 % of the songs: the same are withheld. */
  ONE_CLUSTER,
  /** More than half of the songs are noise: the same are withheld. */
  NOISE,
  /**
   * A cluster is unstable under resampling: its mean Jaccard index with the nearest cluster of each
   * refit is below 0.6, where Hennig (2007) advises not to trust it.
   */
  UNSTABLE,
  /** The silhouette was computed on a sample of the songs. */
  SAMPLED,
  /** Agreement with shuffled labels is at least as high in 1 of 20 permutations or more. */
  CHANCE,
  /**
   * The model reads lyrics: its clusters may follow their script, and so agree with a label such as
   * language without the audio. Compare its scores with those of the script alone.
   */
  SCRIPT,
  /**
   * The model is conditioned on a metadata column, whose name follows the code and an equals sign:
   * agreement of its clusters with that column, or with anything related to it, is no evidence
   * about the audio.
   */
  CONDITIONED_ON,
  /** Fewer than two labels among the songs, so agreement is not defined. */
  NO_LABELS;

  /** The code in the column flags. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
