package org.surmala.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Clustering;
import org.surmala.schema.SweepFigures;

/** The criteria of a sweep over k. */
enum Sweep {
  SILHOUETTE("silhouette", "Mean silhouette", "higher is better"),
  DAVIES_BOULDIN("daviesBouldin", "Davies–Bouldin index", "lower is better"),
  CALINSKI_HARABASZ("calinskiHarabasz", "Calinski–Harabasz index", "higher is better"),
  GAP("gap", "Gap statistic", "higher is better"),
  BIC("bic", "BIC", "lower is better"),
  STABILITY("stability", "Stability (mean ARI of refits)", "higher is better"),
  LEAST_CLUSTER_STABILITY(
      "leastClusterStability",
      "Least stable cluster (mean Jaccard index of refits)",
      "0.75 or more is stable");

  private final String key;
  private final String title;
  private final String direction;

  Sweep(String key, String title, String direction) {
    this.key = key;
    this.title = title;
    this.direction = direction;
  }

  String key() {
    return key;
  }

  String title() {
    return title;
  }

  /** Which values are better. */
  String direction() {
    return direction;
  }

  /** The value of a clustering; null if it was not measured. */
  @Nullable Double of(Clustering clustering) {
    SweepFigures figures = clustering.getSweep();
    if (figures == null) {
      return null;
    }
    return switch (this) {
      case SILHOUETTE -> figures.getSilhouette();
      case DAVIES_BOULDIN -> figures.getDaviesBouldin();
      case CALINSKI_HARABASZ -> figures.getCalinskiHarabasz();
      case GAP -> figures.getGap();
      case BIC -> figures.getBic();
      case STABILITY -> clustering.getStability();
      case LEAST_CLUSTER_STABILITY -> figures.getLeastClusterStability();
    };
  }

  /** The swept clusterings of the primary representation. */
  static List<Clustering> clusterings(ReportOptions options, ReportData data) {
    return data.clusterings().stream()
        .filter(c -> c.getRepresentation().equals(options.representation()))
        .filter(c -> c.getSweep() != null)
        .toList();
  }
}
