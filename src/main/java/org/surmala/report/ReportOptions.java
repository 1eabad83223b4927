package org.surmala.report;

import java.io.Serializable;
import java.util.List;
import org.surmala.report.plot.FigureStyle;
import org.surmala.schema.ClusterAssignment;
import org.surmala.words.Noun;

/**
 * Options of a report.
 *
 * @param results folder of the results, ending in a slash
 * @param data folder of metadata.csv, ending in a slash
 * @param representation whose clusters become assignments.csv
 * @param clusterer which of its clusterings
 * @param seed of the map
 * @param writesMetadata whether metadata.csv is written; not when it is what the songs were read
 *     from, for then it is its owner's, nor when there are no files of sound
 * @param shown folder that the results are seen in, to which links are relative; the same as
 *     results unless they are put in place later; ends in a slash
 * @param featureGroups name of the feature group of each column; empty where there are none
 * @param figures how plots are drawn
 * @param noun what is clustered
 */
public record ReportOptions(
    String results,
    String data,
    String representation,
    String clusterer,
    long seed,
    boolean writesMetadata,
    String shown,
    List<String> featureGroups,
    FigureStyle figures,
    Noun noun)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Folders of the results that files are written to, relative to them, ending in a slash. */
  public static final List<String> FOLDERS =
      List.of("", StoredRecords.FOLDER, Playlists.FOLDER, PlotFolder.FOLDER, PageParts.FOLDER);

  public ReportOptions {
    featureGroups = List.copyOf(featureGroups);
    if (!results.endsWith("/") || !data.endsWith("/") || !shown.endsWith("/")) {
      throw new IllegalArgumentException(
          "folders must end in a slash: results "
              + results
              + ", data "
              + data
              + ", shown "
              + shown);
    }
  }

  /** Results about songs that are written where they are seen. */
  public ReportOptions(
      String results,
      String data,
      String representation,
      String clusterer,
      long seed,
      boolean writesMetadata) {
    this(
        results,
        data,
        representation,
        clusterer,
        seed,
        writesMetadata,
        results,
        List.of(),
        FigureStyle.STANDARD,
        Noun.SONG);
  }

  /** Whether an assignment is of the clustering that assignments.csv shows. */
  boolean isPrimary(ClusterAssignment assignment) {
    return assignment.getRepresentation().equals(representation)
        && assignment.getClusterer().equals(clusterer);
  }

  /** The same with the group of each feature. */
  public ReportOptions withFeatureGroups(List<String> groups) {
    return new ReportOptions(
        results,
        data,
        representation,
        clusterer,
        seed,
        writesMetadata,
        shown,
        groups,
        figures,
        noun);
  }

  /** The same with plots in another style. */
  public ReportOptions withFigures(FigureStyle style) {
    return new ReportOptions(
        results,
        data,
        representation,
        clusterer,
        seed,
        writesMetadata,
        shown,
        featureGroups,
        style,
        noun);
  }

  /** The same about songs or rows. */
  public ReportOptions withNoun(Noun value) {
    return new ReportOptions(
        results,
        data,
        representation,
        clusterer,
        seed,
        writesMetadata,
        shown,
        featureGroups,
        figures,
        value);
  }

  /** The same results in another folder, from which they are put in place later. */
  public ReportOptions in(String folder, boolean writesItsMetadata, String seen) {
    return new ReportOptions(
        folder,
        data,
        representation,
        clusterer,
        seed,
        writesItsMetadata,
        seen,
        featureGroups,
        figures,
        noun);
  }

  /** Options that write metadata.csv. */
  public ReportOptions(
      String results, String data, String representation, String clusterer, long seed) {
    this(results, data, representation, clusterer, seed, true);
  }
}
