package org.surmala.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.surmala.schema.ClusteringMetrics;

/**
 * The comparable rows of a table: for each representation and clusterer the row at the k of the
 * primary clustering, because agreement with labels grows with k. For a clusterer without that k,
 * such as one that finds k itself, its chosen row.
 */
final class ComparedRows {
  private ComparedRows() {}

  /** The rows in the order of the metrics; every chosen row if there is no primary clustering. */
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
