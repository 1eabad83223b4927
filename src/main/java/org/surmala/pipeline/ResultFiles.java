package org.surmala.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVRecord;

/**
 * What the files of a run say, read back from the files themselves.
 *
 * @param coverage coverage.csv
 * @param failures rows of failures.csv by code
 * @param clusterSizes rows of assignments.csv by cluster name, in the order of cluster numbers
 * @param metrics rows of clustering_metrics.csv for the clusterings that were chosen
 */
record ResultFiles(
    Coverage coverage,
    Map<String, Long> failures,
    Map<String, Long> clusterSizes,
    List<Map<String, String>> metrics) {

  /**
   * Reads a folder of results, whose name ends in a slash.
   *
   * @throws IOException when a file is missing or malformed, or two files contradict each other
   */
  static ResultFiles read(String results) throws IOException {
    Map<String, Long> outcomes = new HashMap<>();
    for (CSVRecord row : CsvTable.read(results + Coverage.FILE)) {
      outcomes.put(row.get("outcome"), Long.parseLong(row.get("files")));
    }
    Coverage coverage = Coverage.of(outcomes);

    Map<Integer, Long> sizes = new TreeMap<>();
    Map<Integer, String> names = new HashMap<>();
    List<CSVRecord> assignments = CsvTable.read(results + "assignments.csv");
    for (CSVRecord row : assignments) {
      int cluster = Integer.parseInt(row.get("cluster"));
      names.put(cluster, row.get("cluster_name"));
      sizes.merge(cluster, 1L, Long::sum);
    }
    Map<String, Long> clusterSizes = new LinkedHashMap<>();
    sizes.forEach((cluster, size) -> clusterSizes.put(names.getOrDefault(cluster, ""), size));

    Map<String, Long> failures = new TreeMap<>();
    List<CSVRecord> ledger = CsvTable.read(results + "failures.csv");
    for (CSVRecord row : ledger) {
      failures.merge(row.get("code"), 1L, Long::sum);
    }
    requireSame(results + "assignments.csv", assignments.size(), coverage.clustered());
    requireSame(results + "failures.csv", ledger.size(), coverage.failed());

    List<Map<String, String>> metrics = new ArrayList<>();
    for (CSVRecord row : CsvTable.read(results + "clustering_metrics.csv")) {
      if (List.of(row.get("flags").split(";", -1)).contains("chosen")) {
        metrics.add(row.toMap());
      }
    }
    return new ResultFiles(coverage, failures, clusterSizes, metrics);
  }

  private static void requireSame(String file, long rows, long counted) throws IOException {
    if (rows != counted) {
      throw new IOException(
          file + " has " + rows + " rows where " + counted + " were counted; run again");
    }
  }
}
