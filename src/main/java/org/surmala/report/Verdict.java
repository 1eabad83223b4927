package org.surmala.report;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.LabelCodes;
import org.surmala.metric.PairedDifference;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Confound;
import org.surmala.schema.Estimate;
import org.surmala.words.Noun;

/** The verdict on a run's scores: one statement that they support, and the cautions. */
final class Verdict {
  private static final List<String> BASELINES = List.of("raw", "pca", "ae");

  /** Scores that differ by less are equal: they are sums of the same terms in another order. */
  private static final double SAME = 1e-12;

  /** Replicates of the paired bootstrap. */
  private static final int REPLICATES = 1_000;

  /** Prefix of the flag with a column name. */
  private static final String CONDITIONED = "conditioned_on=";

  private Verdict() {}

  /** The explanation of a flag; empty for flags that repeat other information. */
  private static String meaning(String flag, Noun noun) {
    return switch (flag) {
      case "", "chosen", "no_labels" -> "";
      case "collapsed" ->
          "The latent space has collapsed: fewer than two of its dimensions vary. Internal scores"
              + " are withheld, because they are high in a collapsed space and mean nothing.";
      case "one_cluster" ->
          "One cluster has more than 95 % of the "
              + noun.plural()
              + ", so internal scores are withheld.";
      case "noise" ->
          "More than half of the " + noun.plural() + " are noise, so internal scores are withheld.";
      case "unstable" ->
          "Some clusters are unstable when "
              + noun.plural()
              + " are resampled (mean Jaccard index below 0.6); see the stability of each cluster."
              + " Fewer clusters are more stable.";
      case "sampled" -> "The silhouette was computed on a sample of the " + noun.plural() + ".";
      case "script" ->
          "The model reads lyrics, and their script alone may predict the label: agreement with"
              + " labels up to that of the script is no evidence about the audio.";
      case "chance" ->
          "The clusters match the labels no better than shuffled labels do (p > 0.05).";
      default ->
          flag.startsWith(CONDITIONED)
              ? told("The model", flag, noun)
              : "Flag " + flag + ": see the documentation.";
    };
  }

  /** Flags as a table shows them. */
  static String flags(String flags) {
    return Arrays.stream(flags.split(";"))
        .filter(flag -> !flag.equals("chosen"))
        .map(flag -> flag.replace('_', ' ').replace('=', ' '))
        .collect(Collectors.joining(", "));
  }

  /** One or two sentences on the primary clustering. */
  static String of(ReportOptions options, ReportData data) {
    long songs = data.tally().songs();
    if (songs == 0) {
      return "No " + data.noun() + " has a cluster.";
    }
    String what = Terms.of(options.representation()) + " with " + Terms.of(options.clusterer());
    long clusters = data.tally().sizes().keySet().stream().filter(cluster -> cluster >= 0).count();
    String sentence =
        String.format(
            Locale.ROOT,
            "%s in %s by %s.",
            data.noun().count(songs),
            Terms.count(clusters, "cluster"),
            what);
    ClusteringMetrics own = primary(options, data.metrics());
    Double ari = own == null ? null : own.getAri().getValue();
    if (own == null || ari == null) {
      return sentence + " There are no labels to compare them with.";
    }
    Double chance = own.getAriChance();
    sentence +=
        " Agreement with the labels: ARI "
            + text(own.getAri())
            + (chance == null
                ? ""
                : String.format(Locale.ROOT, " (p = %.3f against shuffled labels)", chance))
            + ".";
    List<ClusteringMetrics> rivals = rivals(own, data.metrics());
    if (rivals.isEmpty() || BASELINES.contains(options.representation())) {
      return sentence;
    }
    ClusteringMetrics rival = rivals.get(0);
    boolean isTie = rivals.size() > 1;
    return sentence
        + (isTie ? " The best baselines" : " The best baseline")
        + " with the same clusterer"
        + (rival.getK() == own.getK() ? " and k, " : ", ")
        + rivals.stream()
            .map(row -> Terms.of(row.getRepresentation()))
            .collect(Collectors.joining(" and "))
        + (isTie ? ", tie at " : ", reaches ")
        + text(rival.getAri())
        + ". "
        + difference(options, own, rival, data);
  }

  /**
   * Which one is better, by the paired difference over the same songs; makes no claim without a
   * bootstrap.
   */
  private static String difference(
      ReportOptions options, ClusteringMetrics own, ClusteringMetrics rival, ReportData data) {
    if (own.getAri().getLow() == null) {
      return "Without a bootstrap there is no confidence interval of the difference.";
    }
    Map<String, String> labels = new HashMap<>();
    for (ReportedSong song : data.songs()) {
      if (song.song().getLanguage() != null) {
        labels.put(song.song().getId(), song.song().getLanguage());
      }
    }
    Clustering first = clustering(own, data);
    List<String> ids = first.getIds();
    int[] labelled =
        IntStream.range(0, ids.size()).filter(i -> labels.containsKey(ids.get(i))).toArray();
    PairedDifference difference =
        PairedDifference.ofAdjustedRand(
            LabelCodes.of(
                Arrays.stream(labelled)
                    .mapToObj(i -> Objects.requireNonNull(labels.get(ids.get(i))))
                    .toList()),
            clusters(first, labelled),
            clusters(clustering(rival, data), labelled),
            REPLICATES,
            options.seed());
    double low = difference.interval().low();
    double high = difference.interval().high();
    return String.format(
        Locale.ROOT,
        "The difference over the same %s is ΔARI %s [%s, %s]: %s.",
        data.noun().plural(),
        decimals(difference.value()),
        decimals(low),
        decimals(high),
        low > 0
            ? "the model is better"
            : high < 0 ? "the baseline is better" : "no significant difference");
  }

  private static Clustering clustering(ClusteringMetrics row, ReportData data) {
    return data.clusterings().stream()
        .filter(c -> c.getRepresentation().equals(row.getRepresentation()))
        .filter(c -> c.getClusterer().equals(row.getClusterer()) && c.getK() == row.getK())
        .min(Comparator.comparing(c -> c.getChosen() == row.getChosen() ? 0 : 1))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s with %s has scores at k = %s, but no clustering"
                        .formatted(row.getRepresentation(), row.getClusterer(), row.getK())));
  }

  private static LabelCodes clusters(Clustering clustering, int[] songs) {
    IntBuffer clusters =
        clustering.getLabels().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    return LabelCodes.of(Arrays.stream(songs).map(clusters::get).toArray());
  }

  /** The caution from alarming confounds; empty without them. */
  static Optional<String> alarm(ReportOptions options, ReportData data) {
    return SourceAlarm.of(confounds(options, data));
  }

  /** The confounds of the primary clustering. */
  static List<Confound> confounds(ReportOptions options, ReportData data) {
    return data.findings().stream()
        .flatMap(found -> found.getConfounds().stream())
        .filter(c -> c.getRepresentation().equals(options.representation()))
        .filter(c -> c.getClusterer().equals(options.clusterer()))
        .toList();
  }

  /** The cautions, the most important first. */
  static List<String> cautions(ReportOptions options, ReportData data) {
    List<String> cautions = new ArrayList<>();
    List<String> collapsed =
        data.metrics().stream()
            .filter(m -> List.of(m.getFlags().split(";", -1)).contains("collapsed"))
            .map(ClusteringMetrics::getRepresentation)
            .distinct()
            .toList();
    ClusteringMetrics own = primary(options, data.metrics());
    if (own != null) {
      for (String flag : own.getFlags().split(";", -1)) {
        String meaning = meaning(flag, data.noun());
        if (!meaning.isEmpty()) {
          cautions.add(
              switch (flag) {
                case "script" -> meaning + textAlone(own, data.metrics());
                case "collapsed" ->
                    meaning
                        + " "
                        + CollapseAdvice.of(options.representation(), collapsed, data.noun());
                default -> meaning;
              });
        }
      }
    }
    collapsed.stream()
        .filter(name -> !name.equals(options.representation()))
        .forEach(
            name ->
                cautions.add(
                    "The latent space of "
                        + Terms.of(name)
                        + " has collapsed: fewer than two of its dimensions vary. "
                        + CollapseAdvice.of(name, collapsed, data.noun())));
    data.metrics().stream()
        .filter(m -> !m.getRepresentation().equals(options.representation()))
        .flatMap(
            m ->
                Arrays.stream(m.getFlags().split(";", -1))
                    .filter(flag -> flag.startsWith(CONDITIONED))
                    .map(flag -> told(Terms.of(m.getRepresentation()), flag, data.noun())))
        .distinct()
        .forEach(cautions::add);
    Double ari = own == null ? null : own.getAri().getLow();
    boolean said = own != null && List.of(own.getFlags().split(";", -1)).contains("chance");
    if (ari != null && ari <= 0 && !said) {
      cautions.add(
          "The confidence interval of the ARI includes 0: the clusters may match the labels no"
              + " better than chance.");
    }
    return cautions;
  }

  private static String told(String model, String flag, Noun noun) {
    String column = flag.substring(CONDITIONED.length());
    return ("%s is conditioned on the column %s of each %s: agreement of its clusters with %s,"
            + " or with anything related to it, is no evidence about the %s")
        .formatted(model, column, noun, column, noun == Noun.SONG ? "audio." : "features.");
  }

  /** The scores of lyrics alone and of their script alone with the same clusterer. */
  private static String textAlone(ClusteringMetrics own, List<ClusteringMetrics> metrics) {
    StringBuilder text = new StringBuilder();
    for (String alone : List.of("lyrics", "script")) {
      metrics.stream()
          .filter(m -> m.getChosen() && m.getClusterer().equals(own.getClusterer()))
          .filter(m -> m.getRepresentation().equals(alone) && m.getAri().getValue() != null)
          .forEach(
              m ->
                  text.append(text.isEmpty() ? " ARI of " : ", of ")
                      .append(Terms.of(alone))
                      .append(": ")
                      .append(text(m.getAri())));
    }
    return text.isEmpty() ? "" : text.append('.').toString();
  }

  /** The row of the primary clustering, at the chosen k; null if there is none. */
  static @Nullable ClusteringMetrics primary(
      ReportOptions options, List<ClusteringMetrics> metrics) {
    return metrics.stream().filter(m -> isPrimary(options, m)).findFirst().orElse(null);
  }

  static boolean isPrimary(ReportOptions options, ClusteringMetrics m) {
    return m.getChosen()
        && m.getRepresentation().equals(options.representation())
        && m.getClusterer().equals(options.clusterer());
  }

  /**
   * The baselines with the highest agreement with the labels at the same k (agreement grows with
   * k), several in a tie; among the chosen rows if no baseline has that k, as with clusterers that
   * find k.
   */
  private static List<ClusteringMetrics> rivals(
      ClusteringMetrics own, List<ClusteringMetrics> metrics) {
    List<ClusteringMetrics> baselines =
        metrics.stream()
            .filter(m -> m.getClusterer().equals(own.getClusterer()))
            .filter(m -> BASELINES.contains(m.getRepresentation()) && m.getAri().getValue() != null)
            .toList();
    List<ClusteringMetrics> same =
        best(baselines.stream().filter(m -> m.getK() == own.getK()).toList());
    return same.isEmpty()
        ? best(baselines.stream().filter(ClusteringMetrics::getChosen).toList())
        : same;
  }

  private static List<ClusteringMetrics> best(List<ClusteringMetrics> rows) {
    double highest = rows.stream().mapToDouble(m -> m.getAri().getValue()).max().orElse(Double.NaN);
    return rows.stream().filter(m -> m.getAri().getValue() > highest - SAME).toList();
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
