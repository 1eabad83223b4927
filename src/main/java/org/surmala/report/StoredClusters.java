package org.surmala.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.surmala.schema.ClusterAssignment;

/**
 * The clusters in assignments.csv, from the primary assignments in the records, ascending by id.
 */
public record StoredClusters(List<ClusterAssignment> assignments, ClusterNames names) {
  public StoredClusters {
    assignments = List.copyOf(assignments);
  }

  /**
   * Reads a folder of results.
   *
   * @param results ending in a slash, on any Beam file system
   * @throws java.io.FileNotFoundException if the folder has no results of a run
   * @throws IOException if a file cannot be read
   */
  public static StoredClusters read(String results) throws IOException {
    ReportOptions options = StoredRecords.options(results, results);
    return new StoredClusters(
        StoredRecords.assignments(results).stream().filter(options::isPrimary).toList(),
        ClusterNames.of(options, StoredRecords.findings(results)));
  }

  /**
   * Reads the displayed clusters of a results folder.
   *
   * @param results ending in a slash, on any Beam file system
   * @param data the data folder with the edits, ending in a slash
   * @throws java.io.FileNotFoundException if the folder has no results of a run
   * @throws IOException if a file cannot be read
   */
  public static EditedClusters edited(String results, String data) throws IOException {
    StoredClusters fitted = read(results);
    return EditedClusters.of(
        fitted.assignments(),
        fitted.names(),
        ClusterEdits.read(data),
        () -> latentVectors(results, fitted));
  }

  private static Map<String, double[]> latentVectors(String results, StoredClusters fitted)
      throws IOException {
    Map<String, double[]> vectors = new HashMap<>();
    if (!fitted.assignments().isEmpty()) {
      StoredPoints.read(results, fitted.assignments().get(0).getModelVersion())
          .forEach((id, point) -> vectors.put(id, point.latent()));
    }
    return vectors;
  }
}
