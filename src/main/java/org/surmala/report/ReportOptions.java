package org.surmala.report;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.surmala.report.plot.FigureStyle;
import org.surmala.schema.ClusterAssignment;
import org.surmala.words.Noun;

/**
 * Options of a report.
 *
 * @param results folder of the results, ending in a slash
 * @param data folder of metadata.csv, ending in a slash
 * @param writesMetadata whether to write metadata.csv; false if the songs were read from it, since
 *     then it is the user's, and without audio files
 * @param shown final folder of the results, to which links are relative, ending in a slash; differs
 *     from results if these are moved later
 * @param featureGroups name of the feature group of each column; empty without groups
 * @param parts number of parts of the tables of songs, a power of two; 0 for one table
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
    Noun noun,
    int parts)
    implements Serializable {
  /** Subfolders of the results, ending in a slash. */
  public static final List<String> FOLDERS =
      Stream.concat(
              Stream.of(
                  "", StoredRecords.FOLDER, Playlists.FOLDER, PlotFolder.FOLDER, PageParts.FOLDER),
              SongParts.FOLDERS.stream())
          .toList();

  public ReportOptions {
    featureGroups = List.copyOf(featureGroups);
    if (!results.endsWith("/") || !data.endsWith("/") || !shown.endsWith("/")) {
      throw new IllegalArgumentException(
          "folders must end in a slash: results %s, data %s, shown %s"
              .formatted(results, data, shown));
    }
  }

  /** Options for results about songs, with metadata.csv, that are written to their final folder. */
  public ReportOptions(
      String results, String data, String representation, String clusterer, long seed) {
    this(
        results,
        data,
        representation,
        clusterer,
        seed,
        true,
        results,
        List.of(),
        FigureStyle.STANDARD,
        Noun.SONG,
        0);
  }

  /** Whether an assignment belongs to the primary clustering. */
  boolean isPrimary(ClusterAssignment assignment) {
    return assignment.getRepresentation().equals(representation)
        && assignment.getClusterer().equals(clusterer);
  }

  /** The same options with another style of plots. */
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
        noun,
        parts);
  }

  /** The same options with the tables of songs in parts; 0 for one table. */
  public ReportOptions inParts(int count) {
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
        noun,
        count);
  }

  /** The same options for another folder, from which the results are moved later. */
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
        noun,
        parts);
  }
}
