package org.surmala.report;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Clustering;
import org.surmala.schema.SweepFigures;

/** What was measured of each k that was tried, by criterion. */
enum Sweep {
  SILHOUETTE("silhouette", "Mean silhouette", "higher is better", SweepFigures::getSilhouette),
  DAVIES_BOULDIN(
      "daviesBouldin", "Davies–Bouldin index", "lower is better", SweepFigures::getDaviesBouldin),
  CALINSKI_HARABASZ(
      "calinskiHarabasz",
      "Calinski–Harabasz index",
      "higher is better",
      SweepFigures::getCalinskiHarabasz),
  GAP("gap", "Gap statistic", "higher is better", SweepFigures::getGap),
  BIC("bic", "BIC", "lower is better", SweepFigures::getBic),
  STABILITY("stability", "Stability (mean ARI of refits)", "higher is better", null);

  private final String key;
  private final String title;
  private final String direction;
  private final @Nullable Function<SweepFigures, @Nullable Double> figure;

  Sweep(
      String key,
      String title,
      String direction,
      @Nullable Function<SweepFigures, @Nullable Double> figure) {
    this.key = key;
    this.title = title;
    this.direction = direction;
    this.figure = figure;
  }

  String key() {
    return key;
  }

  String title() {
    return title;
  }

  /** Which values are good. */
  String direction() {
    return direction;
  }

  /** Null where it was not measured. */
  @Nullable Double of(Clustering clustering) {
    SweepFigures figures = clustering.getSweep();
    if (figure == null) {
      return clustering.getStability();
    }
    return figures == null ? null : figure.apply(figures);
  }

  /** The clusterings of the run's own representation that a k was chosen among. */
  static List<Clustering> clusterings(ReportOptions options, ReportData data) {
    return data.clusterings().stream()
        .filter(c -> c.getRepresentation().equals(options.representation()))
        .filter(c -> c.getSweep() != null)
        .toList();
  }
}
