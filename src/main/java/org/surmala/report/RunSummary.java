package org.surmala.report;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Confound;

/**
 * The summary of a run, read from the records beside its results.
 *
 * @param failures number of failures by code
 * @param clusterSizes number of songs by the name of their cluster, in the order of cluster numbers
 * @param metrics comparable rows of clustering_metrics.csv ({@link ComparedRows})
 * @param alarm the caution to show before any score, if there is one
 */
public record RunSummary(
    Map<String, Long> failures,
    Map<String, Long> clusterSizes,
    List<ClusteringMetrics> metrics,
    Optional<String> alarm) {
  /**
   * Reads a folder of results.
   *
   * @param results ending in a slash, on any Beam file system
   * @throws IOException if a file is missing or cannot be read
   */
  public static RunSummary read(String results) throws IOException {
    Map<String, Long> failures = new TreeMap<>();
    StoredRecords.failures(results)
        .forEach(failure -> failures.merge(failure.getCode(), 1L, Long::sum));
    List<Confound> alarming =
        StoredRecords.findings(results).stream()
            .flatMap(found -> found.getConfounds().stream())
            .filter(Confound::getAlarming)
            .toList();
    return new RunSummary(
        failures,
        StoredClusters.read(results).sizes(),
        ComparedRows.of(StoredRecords.options(results, results), StoredRecords.metrics(results)),
        SourceAlarm.of(alarming));
  }
}
