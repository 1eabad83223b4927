package org.surmala.report;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Confound;
import org.surmala.schema.Failure;
import org.surmala.schema.FailureCount;
import org.surmala.schema.Findings;

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
    List<Findings> findings = StoredRecords.findings(results);
    ReportOptions options = StoredRecords.options(results, results);
    Tally tally = StoredRecords.tally(results);
    Map<String, Long> failures = new TreeMap<>();
    Map<Integer, Long> sizes = new TreeMap<>();
    if (tally == null) {
      StoredRecords.failures(results)
          .forEach(failure -> failures.merge(failure.getCode(), 1L, Long::sum));
      StoredRecords.assignments(results).stream()
          .filter(options::isPrimary)
          .forEach(song -> sizes.merge(song.getCluster(), 1L, Long::sum));
    } else {
      failures.putAll(tally.codes());
      sizes.putAll(tally.sizes());
    }
    ClusterNames names = ClusterNames.of(options, findings);
    Map<String, Long> named = new LinkedHashMap<>();
    sizes.forEach((cluster, size) -> named.put(names.of(cluster), size));
    List<Confound> alarming =
        findings.stream()
            .flatMap(found -> found.getConfounds().stream())
            .filter(Confound::getAlarming)
            .toList();
    return new RunSummary(
        failures,
        named,
        ComparedRows.of(options, StoredRecords.metrics(results)),
        SourceAlarm.of(alarming));
  }

  /** Number of transient failures in a results folder. */
  public static long transientFailures(String results) throws IOException {
    Tally tally = StoredRecords.tally(results);
    return tally == null
        ? StoredRecords.failures(results).stream().filter(Failure::getIsTransient).count()
        : tally.failures().stream()
            .filter(FailureCount::getIsTransient)
            .mapToLong(FailureCount::getFailures)
            .sum();
  }
}
