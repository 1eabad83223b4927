package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.pipeline.Coverage;
import org.surmala.pipeline.RunOutcome;
import org.surmala.report.CollapseAdvice;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.words.Noun;

/** The summary that a run prints at its end, at most 80 columns wide. */
record Summary(PrintWriter out) {
  private static final int WIDTH = 79;

  /** Prints the summary. */
  void print(RunOutcome outcome, List<String> next) throws IOException {
    outcome
        .summary()
        .alarm()
        .ifPresent(
            alarm -> {
              LineWrap.wrap("", alarm, "           ").forEach(out::println);
              out.println();
            });
    printCoverage(outcome);
    if (outcome.unchanged()) {
      out.println();
      out.println("Nothing changed since the last run: its results are up to date. To run");
      out.println("again anyway, delete " + outcome.results() + "run.json first.");
    } else {
      printSeconds(outcome);
    }
    printMetrics(outcome.summary().metrics());
    printCollapsed(outcome);
    printClusters(outcome.summary().clusterSizes());
    printNotes(outcome.notes());
    printPaths(outcome, next);
    out.flush();
  }

  private void printCoverage(RunOutcome outcome) {
    Coverage c = outcome.coverage();
    out.printf(
        "Coverage   %d found = %d clustered + %d failed + %d skipped + %d duplicate%n",
        c.found(), c.clustered(), c.failed(), c.skipped(), c.duplicate());
    if (outcome.noun() == Noun.ROW) {
      out.println("           rows of a feature table");
    } else if (outcome.decoded() == 0) {
      out.printf(
          "           nothing decoded: %d songs are in the feature store%n", outcome.recalled());
    } else {
      out.printf(
          "           %d decoded, %d from the feature store%n",
          outcome.decoded(), outcome.recalled());
    }
    if (!outcome.summary().failures().isEmpty()) {
      List<String> codes = new ArrayList<>();
      outcome.summary().failures().forEach((code, count) -> codes.add(code + " " + count));
      wrapped("Failures   ", codes, ", ");
    }
    if (outcome.manyFailed()) {
      out.printf(
          "           more than failures.max_share failed: exit code %d%n", Main.EXIT_SOME_FAILED);
    }
  }

  private void printSeconds(RunOutcome outcome) {
    out.printf(Locale.ROOT, "%nSeconds    %.1f for the run", outcome.seconds());
    outcome
        .firstSongSeconds()
        .ifPresent(
            first ->
                out.printf(
                    Locale.ROOT, ", first song decoded %.1f after the program started", first));
    out.printf("%nWork       seconds, summed over workers:%n");
    List<String> stages = new ArrayList<>();
    outcome
        .stageSeconds()
        .forEach((stage, s) -> stages.add(String.format(Locale.ROOT, "%s %.1f", stage, s)));
    wrapped("           ", stages, ", ");
  }

  private void printMetrics(List<ClusteringMetrics> rows) {
    if (rows.isEmpty()) {
      return;
    }
    out.printf(
        "%n%-14s%-8s%3s %7s %5s %-20s %5s %6s %6s%n",
        "model",
        "cluster",
        "k",
        "silhou.",
        "D-B",
        "ARI [95 % interval]",
        "NMI",
        "purity",
        "major.");
    boolean withheld = false;
    for (ClusteringMetrics row : rows) {
      withheld |= isNone(row.getSilhouette());
      out.printf(
          "%-14s%-8s%3s %7s %5s %-20s %5s %6s %6s%n",
          row.getRepresentation(),
          row.getClusterer(),
          row.getK(),
          rounded(row.getSilhouette(), 3),
          rounded(row.getDaviesBouldin(), 2),
          isNone(row.getAri().getValue())
              ? "-"
              : rounded(row.getAri().getValue(), 3)
                  + " ["
                  + rounded(row.getAri().getLow(), 2)
                  + ", "
                  + rounded(row.getAri().getHigh(), 2)
                  + "]",
          rounded(row.getNmi().getValue(), 3),
          rounded(row.getPurity().getValue(), 3),
          rounded(row.getMajorityRate().getValue(), 3));
    }
    out.println("D-B: Davies-Bouldin, lower is better; major.: purity of one cluster.");
    out.println("Silhouettes of different models are not comparable.");
    if (withheld) {
      out.println("-: undefined or withheld; see the column flags of the CSV file.");
    }
  }

  /** The plots of a collapsed model look convincing; the warning says that they mean nothing. */
  private void printCollapsed(RunOutcome outcome) {
    List<String> collapsed =
        outcome.summary().metrics().stream()
            .filter(row -> List.of(row.getFlags().split(";", -1)).contains("collapsed"))
            .map(row -> row.getRepresentation())
            .distinct()
            .toList();
    for (String name : collapsed) {
      out.println();
      LineWrap.wrap(
              "WARNING    ",
              "The latent space of "
                  + name
                  + " has COLLAPSED: fewer than 2 of its dimensions vary, so its clusters and"
                  + " its map mean nothing. "
                  + CollapseAdvice.of(name, collapsed, outcome.noun()),
              "           ")
          .forEach(out::println);
    }
  }

  private static boolean isNone(@Nullable Double value) {
    return value == null || value.isNaN();
  }

  private static String rounded(@Nullable Double value, int digits) {
    return value == null || value.isNaN()
        ? "-"
        : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private void printClusters(Map<String, Long> sizes) {
    if (sizes.isEmpty()) {
      return;
    }
    List<String> clusters = new ArrayList<>();
    sizes.forEach((name, size) -> clusters.add(name + " (" + size + ")"));
    out.println();
    wrapped("Clusters   ", clusters, "; ");
  }

  private void printNotes(List<String> notes) {
    if (!notes.isEmpty()) {
      out.println();
      for (String note : notes) {
        LineWrap.wrap("Note       ", note, "           ").forEach(out::println);
      }
    }
  }

  private void printPaths(RunOutcome outcome, List<String> next) throws IOException {
    out.println();
    out.println("Results    " + outcome.results());
    String table = outcome.isInParts() ? "/" : ".csv";
    out.println(
        "           REPORT.md says what the run found; assignments%s has each %s"
            .formatted(table, outcome.noun()));
    if (outcome.coverage().failed() + outcome.coverage().skipped() > 0) {
      out.println(
          "           failures%s and skipped%s name the files left out, and why"
              .formatted(table, table));
    }
    if (outcome.noun() == Noun.SONG) {
      out.println("Metadata   %smetadata%s".formatted(outcome.data(), table));
    }
    out.println();
    out.println("Next       open " + outcome.results() + "index.html: the map");
    if (outcome.noun() == Noun.SONG && !outcome.summary().clusterSizes().isEmpty()) {
      next.forEach(command -> out.println("           " + command));
    }
  }

  private void wrapped(String head, List<String> items, String separator) {
    StringBuilder line = new StringBuilder(head);
    boolean first = true;
    for (String item : items) {
      if (!first && line.length() + separator.length() + item.length() > WIDTH) {
        out.println(line.append(separator.strip()));
        line = new StringBuilder(" ".repeat(head.length()));
        first = true;
      }
      line.append(first ? "" : separator).append(item);
      first = false;
    }
    out.println(line);
  }
}
