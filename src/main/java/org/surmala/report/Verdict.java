package org.surmala.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Estimate;

/** What a run's figures say, in words that do not say more than they do. */
final class Verdict {
  private static final List<String> BASELINES = List.of("raw", "pca", "ae");

  private Verdict() {}

  /** One or two sentences on the run's own clustering. */
  static String of(ReportOptions options, ReportData data) {
    int songs = data.assignments().size();
    if (songs == 0) {
      return "No song has a cluster.";
    }
    String what = Terms.of(options.representation()) + " with " + Terms.of(options.clusterer());
    long clusters =
        data.assignments().stream()
            .mapToInt(a -> a.getCluster())
            .filter(cluster -> cluster >= 0)
            .distinct()
            .count();
    String sentence =
        String.format(
            Locale.ROOT,
            "%s in %s by %s.",
            Terms.count(songs, "song"),
            Terms.count((int) clusters, "cluster"),
            what);
    ClusteringMetrics own = primary(options, data.metrics());
    Double ari = own == null ? null : own.getAri().getValue();
    if (own == null || ari == null) {
      return sentence + " There are no labels to compare them with.";
    }
    sentence += " Agreement with the labels: ARI " + text(own.getAri()) + ".";
    ClusteringMetrics rival = rival(options, data.metrics());
    if (rival == null || BASELINES.contains(options.representation())) {
      return sentence;
    }
    return sentence
        + " The best baseline with the same clusterer, "
        + Terms.of(rival.getRepresentation())
        + ", reaches "
        + text(rival.getAri())
        + ": "
        + comparison(own.getAri(), rival.getAri());
  }

  /** Whether intervals part; overlapping ones are no proof of equality, and none is claimed. */
  private static String comparison(Estimate own, Estimate rival) {
    Double low = own.getLow();
    Double high = own.getHigh();
    Double rivalLow = rival.getLow();
    Double rivalHigh = rival.getHigh();
    if (low == null || high == null || rivalLow == null || rivalHigh == null) {
      return "without intervals, no difference can be claimed.";
    }
    if (low > rivalHigh) {
      return "the intervals do not overlap, in favour of the model.";
    }
    if (high < rivalLow) {
      return "the intervals do not overlap, in favour of the baseline.";
    }
    return "the intervals overlap, so no difference is shown.";
  }

  /** What must be kept in mind; most important first. */
  static List<String> cautions(ReportOptions options, ReportData data) {
    List<String> cautions = new ArrayList<>();
    ClusteringMetrics own = primary(options, data.metrics());
    if (own != null && !own.getFlags().isEmpty()) {
      cautions.add(
          "To be read with care: " + own.getFlags().replace(";", ", ").replace('_', ' ') + ".");
    }
    Double ari = own == null ? null : own.getAri().getLow();
    if (ari != null && ari <= 0) {
      cautions.add(
          "The interval of the ARI holds 0: the clusters may agree with the labels no better than"
              + " chance.");
    }
    if (data.model() != null
        && !data.model().getKlPerDimension().isEmpty()
        && data.model().getActiveDimensions() < 2) {
      cautions.add(
          "The latent space has collapsed: "
              + Terms.count(data.model().getActiveDimensions(), "dimension")
              + " active. Lower beta, or lengthen the warm-up.");
    }
    return cautions;
  }

  /** The row of the run's own clustering, at the chosen k; null when there is none. */
  static @Nullable ClusteringMetrics primary(
      ReportOptions options, List<ClusteringMetrics> metrics) {
    return metrics.stream().filter(m -> isPrimary(options, m)).findFirst().orElse(null);
  }

  static boolean isPrimary(ReportOptions options, ClusteringMetrics m) {
    return m.getChosen()
        && m.getRepresentation().equals(options.representation())
        && m.getClusterer().equals(options.clusterer());
  }

  private static @Nullable ClusteringMetrics rival(
      ReportOptions options, List<ClusteringMetrics> metrics) {
    return metrics.stream()
        .filter(m -> m.getChosen() && m.getClusterer().equals(options.clusterer()))
        .filter(m -> BASELINES.contains(m.getRepresentation()) && m.getAri().getValue() != null)
        .max(Comparator.comparing(m -> m.getAri().getValue()))
        .orElse(null);
  }

  private static String text(Estimate estimate) {
    Double value = estimate.getValue();
    Double low = estimate.getLow();
    Double high = estimate.getHigh();
    if (value == null) {
      return "unknown";
    }
    return low == null || high == null
        ? decimals(value)
        : decimals(value) + " [" + decimals(low) + ", " + decimals(high) + "]";
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replace('-', '−');
  }
}
