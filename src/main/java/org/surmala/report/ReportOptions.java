package org.surmala.report;

import java.io.Serializable;

/**
 * Where and about what a run reports.
 *
 * @param results folder of the results, ending in a slash
 * @param data folder of metadata.csv, ending in a slash
 * @param representation whose clusters become assignments.csv
 * @param clusterer which of its clusterings
 * @param seed of the map
 */
public record ReportOptions(
    String results, String data, String representation, String clusterer, long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public ReportOptions {
    if (!results.endsWith("/") || !data.endsWith("/")) {
      throw new IllegalArgumentException(
          "folders must end in a slash: results " + results + ", data " + data);
    }
  }
}
