package org.surmala.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.surmala.report.plot.FigureStyle;
import org.surmala.words.Noun;

/**
 * Writes results again from the records stored beside them, without decoding, fitting or
 * clustering.
 *
 * <p>A run's manifest is complete only at its end, so the run writes run.json and then calls {@link
 * #page}. From the manifest, the page uses {@code counts}, an object with the numbers {@code
 * found}, {@code clustered}, {@code failed}, {@code skipped} and {@code duplicate}; it shows all of
 * it.
 */
public final class Redraw {
  private Redraw() {}

  /** The result of a redraw. */
  public record Redrawn(Noun noun, int count) {}

  /**
   * Writes every file again: tables, plots, page, playlists, report. If no song has a cluster,
   * writes nothing.
   *
   * @param results folder of the results, ending in a slash, on any Beam file system
   * @param data folder of metadata.csv, ending in a slash
   * @param style the style of the plots, made from that of the run
   * @return number of clustered songs, 0 if nothing was written
   * @throws FileNotFoundException if the folder has no results of a run
   * @throws IOException if a file cannot be read or written
   */
  public static Redrawn all(String results, String data, UnaryOperator<FigureStyle> style)
      throws IOException {
    StoredRecords stored = stored(results, data);
    if (stored.records().assignments().isEmpty()) {
      return new Redrawn(stored.options().noun(), 0);
    }
    int count =
        ResultsFolder.redraw(
            stored.under(stored.options().withFigures(style.apply(stored.options().figures()))),
            manifest(results));
    return new Redrawn(stored.options().noun(), count);
  }

  /**
   * Writes index.html and REPORT.md, with the manifest in run.json; nothing else changes.
   *
   * @param results folder of the results, ending in a slash, on any Beam file system
   * @param data folder of metadata.csv, ending in a slash
   * @throws FileNotFoundException if the folder has no results of a run
   * @throws IOException if a file cannot be read or written
   */
  public static void page(String results, String data) throws IOException {
    page(results, data, results);
  }

  /** The same for results that are moved to a final folder later. */
  public static void page(String results, String data, String shown) throws IOException {
    StoredRecords stored = stored(results, data);
    ReportOptions options = stored.options();
    ResultsFolder.page(
        stored.under(options.in(results, options.writesMetadata(), shown)), manifest(results));
  }

  /**
   * Writes the files about single songs, the playlists and index.html; plots, scores and REPORT.md
   * stay.
   *
   * @param shown the folder in which users see the results, ending in a slash
   */
  public static void songs(String results, String data, String shown) throws IOException {
    StoredRecords stored = stored(results, data);
    ResultsFolder.songs(
        stored.under(stored.options().in(results, false, shown)), manifest(results));
  }

  private static @Nullable String manifest(String results) throws IOException {
    return ShownManifest.of(results, StoredRecords.counts(results));
  }

  private static StoredRecords stored(String results, String data) throws IOException {
    try {
      return StoredRecords.read(results, data);
    } catch (FileNotFoundException e) {
      FileNotFoundException missing =
          new FileNotFoundException(
              results + " has no results to redraw; run the pipeline with these results first");
      missing.initCause(e);
      throw missing;
    }
  }
}
