package org.surmala.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.surmala.metric.Bootstrap.Interval;

/**
 * The verdict in sentences: whether any clustering separates the labels better than chance, and
 * each representation against the best baseline.
 */
final class ComparisonVerdict {
  private static final double SIGNIFICANCE = 0.05;

  /** Partitions with an ARI within this distance of 1 are equal. */
  private static final double SAME = 1e-9;

  private ComparisonVerdict() {}

  private static ComparisonRow bestOf(List<ComparisonRow> rows, String representation) {
    ComparisonRow best = null;
    for (ComparisonRow row : rows) {
      if (row.representation().equals(representation) && (best == null || row.ari() > best.ari())) {
        best = row;
      }
    }
    return Objects.requireNonNull(best);
  }

  /** The sentence about a conditional model; the condition alone has this ARI with the labels. */
  static String conditioned(
      List<ComparisonRow> rows, String representation, String column, double alone) {
    ComparisonRow own = bestOf(rows, representation);
    String figure =
        String.format(
            Locale.ROOT, "its ARI is %.2f (%s)", own.ari(), place(own.clusterer(), own.k()));
    return alone > 1 - SAME
        ? ("%s is conditioned on %s, the labels that its clusters are compared with: %s,"
                + " which is no evidence about the audio.")
            .formatted(representation, column, figure)
        : String.format(
            Locale.ROOT,
            "%s is conditioned on %s, which alone agrees with the labels with ARI = %.2f: agreement"
                + " of its clusters with it is no evidence about the audio; %s.",
            representation,
            column,
            alone,
            figure);
  }

  /** The sentence about a model that reads lyrics. */
  static String script(List<ComparisonRow> rows, String representation) {
    ComparisonRow own = bestOf(rows, representation);
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s reads lyrics, whose script may predict the labels without the audio: its ARI is"
                    + " %.2f (%s, k = %d)",
                representation,
                own.ari(),
                own.clusterer(),
                own.k()));
    for (ComparisonRow row : rows) {
      if (row.representation().equals(ComparisonSummary.SCRIPT_ALONE)
          && row.clusterer().equals(own.clusterer())
          && row.k() == own.k()) {
        text.append(String.format(Locale.ROOT, ", that of the script alone %.2f", row.ari()));
      }
    }
    return text.append('.').toString();
  }

  /**
   * The sentences: first whether any row is better than chance, then each representation against
   * its baseline.
   */
  static List<String> of(
      ComparisonGrid grid,
      List<ComparisonRow> rows,
      List<ComparisonGroup> groups,
      List<String> ofSongs) {
    String labels = names(ofSongs);
    List<String> sentences = new ArrayList<>();
    ComparisonRow best = rows.get(0);
    for (ComparisonRow row : rows) {
      best = row.ari() > best.ari() ? row : best;
    }
    String figure =
        String.format(
            Locale.ROOT,
            "%s with %s, ARI = %.2f [%.2f, %.2f], chance p = %.3f",
            best.representation(),
            place(best.clusterer(), best.k()),
            best.ari(),
            best.ariInterval().low(),
            best.ariInterval().high(),
            best.chance());
    if (best.chance() > SIGNIFICANCE) {
      sentences.add(
          "None of the %s clusterings separates %s better than chance (the best: %s%s)."
              .formatted(rows.size(), labels, figure, alike(best, rows)));
      return List.copyOf(sentences);
    }
    sentences.add(
        "The clusterings that separate " + labels + " best: " + figure + alike(best, rows) + ".");
    // The highest mean over all representations, which favours none of them.
    String clusterer = best.clusterer();
    int k = best.k();
    double highest = Double.NEGATIVE_INFINITY;
    for (String candidate : grid.clusterers()) {
      if (grid.only().containsKey(candidate)) {
        continue;
      }
      for (int number : grid.ks(candidate)) {
        double sum =
            groups.stream()
                .filter(group -> group.clusterer().equals(candidate) && group.k() == number)
                .mapToDouble(ComparisonGroup::ari)
                .sum();
        if (sum > highest) {
          highest = sum;
          clusterer = candidate;
          k = number;
        }
      }
    }
    for (ComparisonRow row : rows) {
      if (row.clusterer().equals(clusterer) && row.k() == k && row.baseline() != null) {
        sentences.add(sentence(row, labels));
      }
    }
    return List.copyOf(sentences);
  }

  /** The other rows whose ARI has the same two decimals. */
  private static String alike(ComparisonRow best, List<ComparisonRow> rows) {
    String others =
        rows.stream()
            .filter(row -> !row.equals(best) && shown(row.ari()).equals(shown(best.ari())))
            .map(row -> row.representation() + " with " + place(row.clusterer(), row.k()))
            .collect(Collectors.joining("; "));
    return others.isEmpty() ? "" : "; as good: " + others;
  }

  private static String shown(double ari) {
    return String.format(Locale.ROOT, "%.2f", ari);
  }

  private static String sentence(ComparisonRow row, String labels) {
    Interval interval = Objects.requireNonNull(row.differenceInterval());
    String how =
        interval.low() > 0 ? "better than" : interval.high() < 0 ? "worse than" : "no better than";
    return String.format(
        Locale.ROOT,
        "%s separates %s %s %s: ΔARI = %.2f [%.2f, %.2f] (%s).",
        row.representation(),
        labels,
        how,
        row.baseline(),
        Objects.requireNonNull(row.difference()),
        interval.low(),
        interval.high(),
        place(row.clusterer(), row.k()));
  }

  private static String place(String clusterer, int k) {
    return k == 0 ? clusterer : clusterer + ", k = " + k;
  }

  private static String names(List<String> labels) {
    List<String> distinct = labels.stream().distinct().sorted().toList();
    return distinct.size() == 2
        ? distinct.get(0) + " from " + distinct.get(1)
        : "the " + distinct.size() + " labels";
  }
}
