package org.surmala.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surmala.io.WholeFile;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Confound;
import org.surmala.schema.Estimate;
import org.surmala.schema.Failure;
import org.surmala.schema.Findings;
import org.surmala.schema.Model;
import org.surmala.schema.NearDuplicate;
import org.surmala.schema.Probe;
import org.surmala.words.Noun;

/**
 * REPORT.md: data, method, scores with confidence intervals, clusters and every setting, for a
 * paper's appendix.
 */
final class MarkdownReport {
  private static final int EXAMPLES = 3;
  private static final int MOST_PAIRS = 30;
  private static final int MOST_CLUSTERS = 60;

  private final ReportOptions options;
  private final ReportData data;
  private final StringBuilder text = new StringBuilder();

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
    report.summary(notes);
    report.data();
    report.method();
    report.figures();
    report.sweep();
    report.probes();
    report.confounds();
    report.clusters();
    report.nearDuplicates();
    report.settings();
    return report.text.toString();
  }

  private void summary(List<String> notes) {
    Verdict.alarm(options, data)
        .ifPresent(alarm -> text.append("**").append(escape(alarm)).append("**\n\n"));
    text.append("# Report of a Surmala run\n\n");
    text.append(Verdict.of(options, data)).append("\n\n");
    List<String> cautions = new ArrayList<>(Verdict.cautions(options, data));
    cautions.addAll(notes);
    for (String caution : cautions) {
      text.append("- ").append(escape(caution)).append('\n');
    }
    if (!cautions.isEmpty()) {
      text.append('\n');
    }
  }

  private void data() {
    text.append("## Data\n\n").append(CoverageSentence.of(data)).append("\n\n");
    Map<String, Integer> labels = new TreeMap<>();
    double seconds = 0;
    for (ReportedSong song : data.songs()) {
      String label = song.song().getLanguage();
      labels.merge(label == null ? "(none)" : label, 1, Integer::sum);
      seconds += song.info().getDurationSeconds();
    }
    if (!data.songs().isEmpty()) {
      if (data.noun() == Noun.SONG) {
        text.append(
            String.format(
                Locale.ROOT,
                "Total duration of the clustered songs: %.1f hours. ",
                seconds / 3600));
      }
      text.append("Labels (no model sees them):\n\n");
      row("label", data.noun().plural());
      row("---", "---:");
      labels.entrySet().stream()
          .sorted(
              Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(Map.Entry.comparingByKey()))
          .forEach(e -> row(escape(e.getKey()), e.getValue().toString()));
      text.append('\n');
    }
    if (!data.failures().isEmpty()) {
      Map<String, Integer> codes = new TreeMap<>();
      for (Failure failure : data.failures()) {
        codes.merge(failure.getCode(), 1, Integer::sum);
      }
      row("failure", data.noun().plural());
      row("---", "---:");
      codes.forEach((code, count) -> row(escape(code), count.toString()));
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
          .append(escape(model.getProvenance().getFeatureSpec()))
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
          .append(reason == null ? "" : " (" + escape(reason) + ")")
          .append('\n');
    }
    text.append(chosen.isEmpty() ? "" : "\n");
  }

  private void figures() {
    text.append("## Scores\n\n");
    List<ClusteringMetrics> compared = ComparedRows.of(options, data.metrics());
    if (compared.isEmpty()) {
      text.append("No scores were computed.\n\n");
      return;
    }
    text.append(
        "In brackets: 95 % bootstrap confidence intervals over "
            + data.noun().plural()
            + ". Silhouettes of different representations are not comparable. A dash: undefined, or"
            + " withheld; see flags.\n\n");
    row(
        "representation",
        "clusterer",
        "k",
        "silhouette",
        "NMI",
        "ARI",
        "AMI",
        "purity",
        "majority rate",
        "stability",
        "active dims",
        "flags");
    row(
        "---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:",
        "---");
    for (ClusteringMetrics m : compared) {
      row(
          Terms.of(m.getRepresentation()),
          Terms.of(m.getClusterer()),
          Integer.toString(m.getK()),
          number(m.getSilhouette()),
          estimate(m.getNmi()),
          estimate(m.getAri()),
          estimate(m.getAmi()),
          estimate(m.getPurity()),
          number(m.getMajorityRate().getValue()),
          number(m.getStability()),
          Integer.toString(m.getActiveDimensions()),
          escape(Verdict.flags(m.getFlags())));
    }
    text.append(
        "\nPlots are in `latent_visualization/`, all rows in `clustering_metrics.csv`.\n\n");
  }

  private void clusters() {
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < data.assignments().size(); i++) {
      members
          .computeIfAbsent(data.assignments().get(i).getCluster(), c -> new ArrayList<>())
          .add(i);
    }
    if (members.isEmpty()) {
      return;
    }
    text.append("## Clusters\n\n");
    Map<Integer, ClusterProfile> profiles = new TreeMap<>();
    ClusterNames.profiles(options, data.findings())
        .forEach(profile -> profiles.put(profile.getCluster(), profile));
    text.append(
        "Names describe the features that distinguish a cluster most (Cohen's d of 0.5 or more"
            + " against all others); `cluster_profiles.csv` has the effect sizes. Stability is the"
            + " mean Jaccard index with the best match in refits to bootstrap samples; do not trust"
            + " a cluster below 0.6.\n\n");
    String songsOrRows = data.noun().plural();
    row(
        "cluster",
        songsOrRows,
        "stability",
        "labels",
        "typical " + songsOrRows,
        "borderline " + songsOrRows);
    row("---", "---:", "---:", "---", "---", "---");
    int shown = 0;
    for (Map.Entry<Integer, List<Integer>> entry : members.entrySet()) {
      if (shown++ == MOST_CLUSTERS) {
        text.append("\nAnd ").append(members.size() - MOST_CLUSTERS).append(" more.\n");
        break;
      }
      List<Integer> songs = entry.getValue();
      ClusterProfile profile = profiles.get(entry.getKey());
      row(
          escape(data.names().full(entry.getKey())),
          Integer.toString(songs.size()),
          number(profile == null ? null : profile.getStability()),
          mix(songs),
          titles(profile == null ? List.of() : profile.getRepresentatives()),
          titles(profile == null ? List.of() : profile.getBorderline()));
    }
    text.append('\n');
  }

  private String mix(List<Integer> songs) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i : songs) {
      String label = data.songs().get(i).song().getLanguage();
      counts.merge(label == null ? "(none)" : label, 1, Integer::sum);
    }
    List<String> parts =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(4)
            .map(
                e ->
                    escape(e.getKey())
                        + " "
                        + Math.round(100.0 * e.getValue() / songs.size())
                        + " %")
            .toList();
    return String.join(", ", parts);
  }

  private String titles(List<String> ids) {
    return ids.stream()
        .limit(EXAMPLES)
        .map(id -> escape(titles().getOrDefault(id, id)))
        .collect(Collectors.joining("; "));
  }

  private void sweep() {
    List<Clustering> swept =
        Sweep.clusterings(options, data).stream()
            .filter(c -> c.getClusterer().equals(options.clusterer()))
            .sorted(Comparator.comparing(Clustering::getK))
            .toList();
    if (swept.size() < 2) {
      return;
    }
    text.append("## Number of clusters\n\n")
        .append(Terms.of(options.representation()))
        .append(" with ")
        .append(Terms.of(options.clusterer()))
        .append("; the chosen k is in bold, and Method gives the reason.\n\n");
    List<String> head = new ArrayList<>(List.of("k"));
    for (Sweep criterion : Sweep.values()) {
      head.add(criterion.title() + " (" + criterion.direction() + ")");
    }
    row(head.toArray(String[]::new));
    row(head.stream().map(h -> "---:").toArray(String[]::new));
    for (Clustering clustering : swept) {
      List<String> cells = new ArrayList<>();
      cells.add(clustering.getChosen() ? "**" + clustering.getK() + "**" : "" + clustering.getK());
      for (Sweep criterion : Sweep.values()) {
        cells.add(number(criterion.of(clustering)));
      }
      row(cells.toArray(String[]::new));
    }
    text.append('\n');
  }

  private void probes() {
    List<Probe> probes =
        data.findings().stream()
            .map(Findings::getProbe)
            .filter(probe -> probe.getLogistic() != null)
            .toList();
    if (probes.isEmpty()) {
      return;
    }
    text.append("## Probes\n\n")
        .append(
            "Balanced accuracy of logistic regression and of the 5 nearest neighbours in predicting"
                + " the label, cross-validated, with near-duplicates on the same side of each"
                + " split. A label can be predictable even if the clusters do not follow it.\n\n");
    row("representation", data.noun().plural(), "labels", "logistic", "5 nearest", "guessing");
    row("---", "---:", "---:", "---:", "---:", "---:");
    for (Probe probe : probes) {
      row(
          Terms.of(probe.getRepresentation()),
          Integer.toString(probe.getSongs()),
          Integer.toString(probe.getLabels()),
          number(probe.getLogistic()),
          number(probe.getNearestNeighbours()),
          number(probe.getChance()));
    }
    text.append('\n');
  }

  private void confounds() {
    List<Confound> confounds = Verdict.confounds(options, data);
    if (confounds.isEmpty()) {
      return;
    }
    text.append("## Confounds\n\n")
        .append(
            "How well each file property alone predicts the label (balanced accuracy,"
                + " cross-validated), and how much of the clusters it explains (AMI: 0 is nothing,"
                + " 1 everything). A property is alarming if it reaches more than 30 % of the way"
                + " from guessing to certainty.\n\n");
    row(
        "property",
        data.noun().plural(),
        "predicts the label",
        "guessing",
        "AMI with the clusters",
        "");
    row("---", "---:", "---:", "---:", "---:", "---");
    for (Confound c : confounds) {
      row(
          escape(c.getProperty()),
          Integer.toString(c.getSongs()),
          number(c.getBalancedAccuracy()),
          number(c.getChance()),
          number(c.getClusterAmi()),
          c.getAlarming() ? "alarming" : "");
    }
    text.append('\n');
  }

  private void nearDuplicates() {
    List<NearDuplicate> pairs = FindingTables.nearDuplicates(data.findings());
    if (pairs.isEmpty()) {
      return;
    }
    text.append("## Near-duplicates\n\n")
        .append(FindingTables.pairs(pairs.size(), data.noun()))
        .append(
            "; both are on the same side of each split. The distance is relative to the median"
                + " distance of a ")
        .append(data.noun())
        .append(" to its fifth nearest.")
        .append(pairs.size() > MOST_PAIRS ? " The nearest " + MOST_PAIRS + ":" : "")
        .append("\n\n");
    row("first", "second", "distance");
    row("---", "---", "---:");
    pairs.stream()
        .limit(MOST_PAIRS)
        .forEach(
            pair ->
                row(
                    titles(List.of(pair.getFirst())),
                    titles(List.of(pair.getSecond())),
                    number(pair.getRelativeDistance())));
    text.append("\nAll of them are in `near_duplicates.csv`.\n\n");
  }

  private @Nullable Map<String, String> titles;

  private Map<String, String> titles() {
    Map<String, String> known = titles;
    if (known == null) {
      known = new TreeMap<>();
      for (ReportedSong song : data.songs()) {
        known.put(song.song().getId(), String.valueOf(song.song().getTitle()));
      }
      titles = known;
    }
    return known;
  }

  private void settings() {
    text.append("## Settings\n\n");
    Model model = data.model();
    if (model != null) {
      row("model option", "value");
      row("---", "---");
      new TreeMap<>(model.getProvenance().getOptions())
          .forEach((key, value) -> row(escape(key), escape(value)));
      row("training data (SHA-256)", escape(model.getProvenance().getDataHash()));
      text.append('\n');
    }
    String manifest = data.manifest();
    if (manifest != null) {
      text.append("The manifest, `run.json`:\n\n");
      // Indented code needs no fence that the manifest could close.
      manifest.lines().forEach(line -> text.append("    ").append(line).append('\n'));
    }
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String number(@Nullable Double value) {
    return value == null || value.isNaN()
        ? "–"
        : String.format(Locale.ROOT, "%.3f", value).replace('-', '−');
  }

  private static String estimate(Estimate estimate) {
    String value = number(estimate.getValue());
    return estimate.getLow() == null || estimate.getHigh() == null
        ? value
        : value + " [" + number(estimate.getLow()) + ", " + number(estimate.getHigh()) + "]";
  }

  /** Makes text stand for itself: no markup, no table cell, no line break. */
  static String escape(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ")
        .replaceAll("([\\\\`*_\\[\\]|~#])", "\\\\$1")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
