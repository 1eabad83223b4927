package org.surmala.report;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.surmala.io.PathText;
import org.surmala.io.WholeFile;
import org.surmala.report.plot.Figure;
import org.surmala.report.plot.FigureStyle;
import org.surmala.report.plot.NoTypefacesException;
import org.surmala.report.plot.Typefaces;

/**
 * The plots of a run: latent_visualization/, each as PNG (300 dots per inch), SVG and PDF. A plot
 * without enough data is left out, and an older one is removed. NOTES.txt lists drawing problems.
 */
final class PlotFolder {
  static final String FOLDER = "latent_visualization/";
  private static final String NOTES = "NOTES.txt";

  private PlotFolder() {}

  /** Drawing problems and their remedies; usually none. */
  static List<String> notes(ReportOptions options) throws IOException {
    return StoredRecords.textOf(options.results() + FOLDER + NOTES)
        .map(text -> text.lines().toList())
        .orElse(List.of());
  }

  /** Draws all plots that have enough data. */
  static void draw(ReportOptions options, ReportData data) throws IOException {
    String folder = options.results() + FOLDER;
    List<String> notes = new ArrayList<>();
    List<String> drawn = new ArrayList<>();
    try {
      Typefaces typefaces = Typefaces.open();
      Map<String, Figure> figures = Figures.of(options, data);
      figures.entrySet().parallelStream()
          .forEach(
              entry ->
                  write(folder, entry.getKey(), entry.getValue(), typefaces, options.figures()));
      drawn.addAll(figures.keySet());
      for (String script : typefaces.missing()) {
        notes.add(
            "The plots' fonts lack some "
                + script
                + " characters, which are boxes in the plots. The tables and index.html have"
                + " them.");
      }
    } catch (NoTypefacesException e) {
      notes.add(String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (notes.isEmpty()) {
      remove(folder, List.of(NOTES));
    } else {
      WholeFile.write(
          folder,
          NOTES,
          out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            for (String note : notes) {
              writer.write(note + "\n");
            }
            writer.flush();
          });
    }
    for (String name : Figures.NAMES) {
      if (!drawn.contains(name)) {
        remove(folder, List.of(name + ".png", name + ".svg", name + ".pdf"));
      }
    }
  }

  private static void write(
      String folder, String name, Figure figure, Typefaces typefaces, FigureStyle style) {
    try {
      WholeFile.write(folder, name + ".png", out -> figure.writePng(out, typefaces, style));
      WholeFile.write(folder, name + ".svg", out -> figure.writeSvg(out, typefaces, style));
      WholeFile.write(folder, name + ".pdf", out -> figure.writePdf(out, typefaces, style));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(String folder, List<String> names) throws IOException {
    ResourceId directory = PathText.directory(folder);
    FileSystems.delete(
        names.stream()
            .map(name -> directory.resolve(name, StandardResolveOptions.RESOLVE_FILE))
            .toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
