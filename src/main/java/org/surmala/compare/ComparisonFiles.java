package org.surmala.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.surmala.io.WholeFile;
import org.surmala.words.Noun;

/** The files of a comparison: a table for programs, one for a terminal, one for a browser. */
final class ComparisonFiles {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .3rem .7rem; text-align: right; white-space: nowrap; border-bottom: 1px solid #8884; }
      th:nth-child(-n+2), td:nth-child(-n+2), th:nth-child(12), td:nth-child(12) { text-align: left; }
      """;

  private ComparisonFiles() {}

  /** Writes comparison.csv, comparison.md and comparison.html. */
  static void write(String results, ComparisonSummary summary, LabelledSongs songs)
      throws IOException {
    write(results, "comparison.csv", ComparisonTables.csv(summary));
    write(results, "comparison.md", markdown(summary, songs));
    write(results, "comparison.html", html(summary, songs));
  }

  private static void write(String results, String name, String text) throws IOException {
    WholeFile.sweep(results, name);
    WholeFile.write(results, name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String markdown(ComparisonSummary summary, LabelledSongs songs) {
    StringBuilder text = new StringBuilder("# Comparison of representations\n\n");
    text.append(compared(summary, songs)).append("\n\n");
    text.append(ComparisonTables.markdown(summary));
    return text.append('\n').append(reading(songs.noun())).append('\n').toString();
  }

  private static String html(ComparisonSummary summary, LabelledSongs songs) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Comparison of representations</title>
    <style>
    %s</style>
    </head>
    <body>
    <h1>Comparison of representations</h1>
    <p>%s</p>
    <div class="scroll">
    %s</div>
    <p>%s</p>
    </body>
    </html>
    """
        .formatted(
            STYLE, compared(summary, songs), ComparisonTables.html(summary), reading(songs.noun()));
  }

  /** Numbers only, so that nothing in it needs escaping. */
  private static String compared(ComparisonSummary summary, LabelledSongs songs) {
    List<Long> seeds = summary.grid().seeds();
    String text =
        "%s with %s labels and %s features; %s."
            .formatted(
                songs.noun().count(songs.ids().size()),
                songs.labelCount(),
                songs.names().size(),
                seeds.size() == 1
                    ? "seed " + seeds.get(0)
                    : "seeds " + seeds.get(0) + " to " + seeds.get(seeds.size() - 1));
    for (String note : songs.notes()) {
      text += " " + note + ".";
    }
    return text;
  }

  private static String reading(Noun noun) {
    return "Scores are means over seeds ± standard deviation. Confidence intervals are 95 %, by"
        + " bootstrap over "
        + noun.plural()
        + " and seeds; a difference (ΔARI) is to the best baseline on the same "
        + noun.plural()
        + ". Chance is the share of permutations of the labels whose best row scores at least as"
        + " high. A star marks models that read more than audio: see the sentences above.";
  }
}
