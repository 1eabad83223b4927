package org.surmala.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.surmala.schema.ClusteringMetrics;

/**
 * The rows of one table that a reader compares: of each representation and clusterer the one at the
 * k of the run's own clustering, because agreement with labels grows with k. Where a clusterer was
 * not tried at that k, as one that finds k itself, its chosen row.
 */
final class ComparedRows {
  private ComparedRows() {}

  /** In the order of the metrics; every chosen row where the run has no clustering of its own. */
  static List<ClusteringMetrics> of(ReportOptions options, List<ClusteringMetrics> metrics) {
    ClusteringMetrics own = Verdict.primary(options, metrics);
    Map<String, ClusteringMetrics> rows = new LinkedHashMap<>();
    for (ClusteringMetrics row : metrics) {
      boolean isAtK = own != null && row.getK() == own.getK();
      if (isAtK || row.getChosen()) {
        rows.merge(
            row.getRepresentation() + "\n" + row.getClusterer(),
            row,
            (before, next) -> own != null && before.getK() == own.getK() ? before : next);
      }
    }
    return new ArrayList<>(rows.values());
  }
}
