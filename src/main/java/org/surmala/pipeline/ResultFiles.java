package org.surmala.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.surmala.files.CsvFile;
import org.surmala.files.CsvRow;
import org.surmala.report.FindingTables;
import org.surmala.report.SourceAlarm;
import org.surmala.schema.Confound;

/**
 * What the files of a run say, read back from the files themselves.
 *
 * @param coverage coverage.csv
 * @param failures rows of failures.csv by code
 * @param clusterSizes rows of assignments.csv by cluster name, in the order of cluster numbers
 * @param metrics rows of clustering_metrics.csv that are compared with each other
 * @param alarm what confounds.csv says against every figure, when it does
 */
record ResultFiles(
    Coverage coverage,
    Map<String, Long> failures,
    Map<String, Long> clusterSizes,
    List<Map<String, String>> metrics,
    Optional<String> alarm) {

  /**
   * Reads a folder of results, whose name ends in a slash.
   *
   * @throws IOException when a file is missing or malformed, or two files contradict each other
   */
  static ResultFiles read(String results) throws IOException {
    Map<String, Long> outcomes = new HashMap<>();
    for (CsvRow row : CsvFile.read(results + Coverage.FILE)) {
      outcomes.put(row.get("outcome"), Long.parseLong(row.get("files")));
    }
    Coverage coverage = Coverage.of(outcomes);

    Map<Integer, Long> sizes = new TreeMap<>();
    Map<Integer, String> names = new HashMap<>();
    List<CsvRow> assignments = CsvFile.read(results + "assignments.csv");
    for (CsvRow row : assignments) {
      int cluster = Integer.parseInt(row.get("cluster"));
      names.put(cluster, row.get("cluster_name"));
      sizes.merge(cluster, 1L, Long::sum);
    }
    Map<String, Long> clusterSizes = new LinkedHashMap<>();
    sizes.forEach((cluster, size) -> clusterSizes.put(names.getOrDefault(cluster, ""), size));

    Map<String, Long> failures = new TreeMap<>();
    List<CsvRow> ledger = CsvFile.read(results + "failures.csv");
    for (CsvRow row : ledger) {
      failures.merge(row.get("code"), 1L, Long::sum);
    }
    requireSame(results + "assignments.csv", assignments.size(), coverage.clustered());
    requireSame(results + "failures.csv", ledger.size(), coverage.failed());

    List<Map<String, String>> metrics = new ArrayList<>();
    for (CsvRow row : CsvFile.read(results + "clustering_metrics.csv")) {
      if (Boolean.parseBoolean(row.get("compared"))) {
        metrics.add(row.toMap());
      }
    }
    return new ResultFiles(coverage, failures, clusterSizes, metrics, alarm(results));
  }

  private static Optional<String> alarm(String results) throws IOException {
    List<Confound> alarming = new ArrayList<>();
    for (CsvRow row : CsvFile.read(results + FindingTables.CONFOUNDS_FILE)) {
      if (Boolean.parseBoolean(row.get("alarming"))) {
        alarming.add(
            Confound.newBuilder()
                .setProperty(row.get("property"))
                .setSongs(Integer.parseInt(row.get("songs")))
                .setBalancedAccuracy(Double.valueOf(row.get("balanced_accuracy")))
                .setChance(Double.valueOf(row.get("chance")))
                .setAlarming(true)
                .build());
      }
    }
    return SourceAlarm.of(alarming);
  }

  private static void requireSame(String file, long rows, long counted) throws IOException {
    if (rows != counted) {
      throw new IOException(
          file + " has " + rows + " rows where " + counted + " were counted; run again");
    }
  }
}
