package org.surmala.evaluate;

import java.util.Locale;

/** What stands in the column flags of the metrics: why a figure is withheld, or read with care. */
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
   * A cluster is not found again when songs are drawn anew: its mean Jaccard index with the nearest
   * cluster of each refit is below 0.6, where Hennig (2007) advises not to trust it.
   */
  UNSTABLE,
  /** The silhouette was computed on a sample of the songs. */
  SAMPLED,
  /** Labels dealt at random agree as well in 1 of 20 cases or more: no evidence of agreement. */
  CHANCE,
  /**
   * The model reads lyrics: its clusters may follow their script, and so agree with a label such as
   * language without hearing anything. Its figures stand beside those of the script alone.
   */
  SCRIPT,
  /**
   * The model is told a column of the metadata, which is written behind the code and an equals
   * sign: what its clusters say of that column, or of what goes with it, was not heard.
   */
  CONDITIONED_ON,
  /** Fewer than two labels among the songs: nothing to agree with. */
  NO_LABELS;

  /** The code as it is written. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
