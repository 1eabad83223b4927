package org.surmala.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.surmala.io.WholeFile;
import org.surmala.schema.Clustering;
import org.surmala.schema.Model;
import org.surmala.words.Noun;

/**
 * REPORT.md: data, method, scores with confidence intervals, clusters and every setting, for a
 * paper's appendix.
 */
final class MarkdownReport {
  private final ReportOptions options;
  private final ReportData data;
  private final Markdown text = new Markdown();

  private MarkdownReport(ReportOptions options, ReportData data) {
    this.options = options;
    this.data = data;
  }

  static void write(ReportOptions options, ReportData data, List<String> notes) throws IOException {
    byte[] report = of(options, data, notes).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(options.results(), "REPORT.md", out -> out.write(report));
  }

  /** The report in CommonMark with tables. */
  static String of(ReportOptions options, ReportData data, List<String> notes) {
    MarkdownReport report = new MarkdownReport(options, data);
    MarkdownScores scores = new MarkdownScores(options, data, report.text);
    MarkdownClusters clusters = new MarkdownClusters(options, data, report.text);
    report.summary(notes);
    report.data();
    report.method();
    scores.figures();
    scores.sweep();
    scores.probes();
    scores.neighbours();
    scores.confounds();
    clusters.clusters();
    clusters.groups();
    clusters.edits();
    clusters.nearDuplicates();
    report.settings();
    return report.text.toString();
  }

  private void summary(List<String> notes) {
    Verdict.alarm(options, data)
        .ifPresent(alarm -> text.append("**").append(Markdown.escape(alarm)).append("**\n\n"));
    text.append("# Report of a Surmala run\n\n");
    text.append(Verdict.of(options, data)).append("\n\n");
    List<String> cautions = new ArrayList<>(Verdict.cautions(options, data));
    cautions.addAll(notes);
    for (String caution : cautions) {
      text.append("- ").append(Markdown.escape(caution)).append('\n');
    }
    if (!cautions.isEmpty()) {
      text.append('\n');
    }
  }

  private void data() {
    text.append("## Data\n\n").append(CoverageSentence.of(data)).append("\n\n");
    if (!data.songs().isEmpty()) {
      if (data.noun() == Noun.SONG) {
        text.append(
            String.format(
                Locale.ROOT,
                "Total duration of the clustered songs: %.1f hours. ",
                data.tally().seconds() / 3600));
      }
      text.append("Labels (no model sees them):\n\n");
      text.row("label", data.noun().plural());
      text.row("---", "---:");
      MarkdownClusters.byCount(data.tally().labels())
          .forEach(e -> text.row(Markdown.escape(e.getKey()), e.getValue().toString()));
      text.append('\n');
    }
    if (!data.failures().isEmpty()) {
      text.row("failure", data.noun().plural());
      text.row("---", "---:");
      data.tally()
          .codes()
          .forEach((code, count) -> text.row(Markdown.escape(code), count.toString()));
      text.append('\n');
    }
  }

  private void method() {
    text.append("## Method\n\n");
    Model model = data.model();
    text.append(
        data.noun() == Noun.ROW
            ? "The features of each row are its numeric columns"
            : "The middle of each song is decoded and resampled to mono, and its features are"
                + " extracted");
    if (model != null) {
      text.append(" (specification ")
          .append(Markdown.escape(model.getProvenance().getFeatureSpec()))
          .append(')');
    }
    text.append(". The primary representation is ")
        .append(Terms.of(options.representation()))
        .append(", the primary clusterer ")
        .append(Terms.of(options.clusterer()))
        .append(". ");
    if (model != null) {
      text.append("The model maps ")
          .append(Terms.count(model.getInputDimensions(), "feature"))
          .append(" to ")
          .append(Terms.count(model.getLatentDimensions(), "latent dimension"));
      if (!model.getKlPerDimension().isEmpty()) {
        text.append(", ").append(model.getActiveDimensions()).append(" of them active");
      }
      text.append("; it was fitted to ")
          .append(data.noun().count(model.getProvenance().getSongs()))
          .append(" with seed ")
          .append(model.getProvenance().getSeed())
          .append(". ");
    }
    text.append("The map is ").append(Terms.of(data.map().method()));
    Double trust = data.map().trustworthiness();
    if (trust != null) {
      text.append(String.format(Locale.ROOT, " with trustworthiness %.3f", trust));
    }
    text.append("; it is for display only, and no score uses it.\n\n");
    List<Clustering> chosen = data.clusterings().stream().filter(Clustering::getChosen).toList();
    for (Clustering clustering : chosen) {
      String reason = clustering.getReason();
      text.append("- ")
          .append(Terms.of(clustering.getRepresentation()))
          .append(", ")
          .append(Terms.of(clustering.getClusterer()))
          .append(": k = ")
          .append(clustering.getK())
          .append(reason == null ? "" : " (" + Markdown.escape(reason) + ")")
          .append('\n');
    }
    text.append(chosen.isEmpty() ? "" : "\n");
  }

  private void settings() {
    text.append("## Settings\n\n");
    Model model = data.model();
    if (model != null) {
      text.row("model option", "value");
      text.row("---", "---");
      new TreeMap<>(model.getProvenance().getOptions())
          .forEach((key, value) -> text.row(Markdown.escape(key), Markdown.escape(value)));
      text.row("training data (SHA-256)", Markdown.escape(model.getProvenance().getDataHash()));
      text.append('\n');
    }
    String manifest = data.manifest();
    if (manifest != null) {
      text.append("The manifest, `run.json`:\n\n");
      // Indented code has no fence that the manifest could close.
      manifest.lines().forEach(line -> text.append("    ").append(line).append('\n'));
    }
  }
}
