package org.surmala.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.SweepFigures;

/** Names a k among those of a sweep, and says why. */
final class KChoice {
  private static final double ONE_CLUSTER = 0.95;

  private final ClusterOptions options;
  private final int songs;

  KChoice(ClusterOptions options, int songs) {
    this.options = options;
    this.songs = songs;
  }

  /**
   * A choice.
   *
   * @param index among the swept k
   * @param reason in words
   */
  record Choice(int index, String reason) {}

  /** Chooses; a k of which one cluster holds more than 95 % only when every k is such. */
  Choice choose(
      ClusterAlgorithm algorithm,
      boolean takesK,
      int[] ks,
      List<Partition> partitions,
      List<SweepFigures> figures,
      double[] stability) {
    if (!takesK) {
      return new Choice(0, found(algorithm, partitions.get(0)));
    }
    int last = ks[ks.length - 1];
    String capped =
        options.kMax() > last
            ? "; k was capped at " + last + ", for there are " + songs + " songs"
            : "";
    if (ks.length == 1) {
      return new Choice(0, "k was given" + capped);
    }
    Double[] scores = scores(figures, stability);
    int best = best(scores, partitions);
    if (best < 0) {
      return new Choice(
          0,
          "no k has a value of "
              + options.criterion().label()
              + ", so the smallest was taken"
              + capped);
    }
    return new Choice(best, why(figures.get(best), stability[best], ks) + capped);
  }

  private static String found(ClusterAlgorithm algorithm, Partition partition) {
    long noise = Arrays.stream(partition.labels()).filter(label -> label < 0).count();
    String epsilon = partition.found().get("epsilon");
    return algorithm.label()
        + " found "
        + partition.clusters()
        + (partition.clusters() == 1 ? " cluster and " : " clusters and ")
        + noise
        + " songs of noise"
        + (epsilon == null
            ? ""
            : String.format(Locale.ROOT, " at a radius of %.4g", Double.valueOf(epsilon)));
  }

  private int best(@Nullable Double[] scores, List<Partition> partitions) {
    int best = -1;
    for (int pass = 0; pass < 2 && best < 0; pass++) {
      double highest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < scores.length; i++) {
        Double score = scores[i];
        boolean eligible = pass == 1 || largestShare(partitions.get(i)) <= ONE_CLUSTER;
        boolean isBetter =
            score != null
                && (score > highest
                    || (options.criterion() == Criterion.STABILITY && score == highest));
        if (score != null && eligible && isBetter) {
          highest = score;
          best = i;
        }
      }
    }
    return best;
  }

  /** Higher is better; null where there is none. */
  private @Nullable Double[] scores(List<SweepFigures> figures, double[] stability) {
    @Nullable Double[] scores = new @Nullable Double[figures.size()];
    for (int i = 0; i < scores.length; i++) {
      SweepFigures f = figures.get(i);
      scores[i] =
          switch (options.criterion()) {
            case SILHOUETTE -> f.getSilhouette();
            case DAVIES_BOULDIN -> negative(f.getDaviesBouldin());
            case CALINSKI_HARABASZ -> f.getCalinskiHarabasz();
            case BIC -> negative(f.getBic());
            case STABILITY -> stability[i];
            // The first k that is good enough is the best; the last one when none is.
            case GAP -> gapIsEnough(figures, i) ? (Double) (double) (scores.length - i) : null;
          };
    }
    return scores;
  }

  private static boolean gapIsEnough(List<SweepFigures> figures, int i) {
    Double gap = figures.get(i).getGap();
    if (i + 1 == figures.size()) {
      return gap != null;
    }
    Double next = figures.get(i + 1).getGap();
    Double error = figures.get(i + 1).getGapError();
    return gap != null && next != null && error != null && gap >= next - error;
  }

  private static @Nullable Double negative(@Nullable Double value) {
    return value == null ? null : -value;
  }

  private String why(SweepFigures figures, double stability, int[] ks) {
    return switch (options.criterion()) {
      case SILHOUETTE ->
          "the highest mean silhouette, " + number(figures.getSilhouette()) + range(ks);
      case DAVIES_BOULDIN ->
          "the lowest Davies-Bouldin index, " + number(figures.getDaviesBouldin()) + range(ks);
      case CALINSKI_HARABASZ ->
          "the highest Calinski-Harabasz index, "
              + number(figures.getCalinskiHarabasz())
              + range(ks);
      case BIC -> "the lowest BIC, " + number(figures.getBic()) + range(ks);
      case STABILITY -> "the highest stability, " + number(stability) + range(ks);
      case GAP ->
          "the smallest k whose gap, "
              + number(figures.getGap())
              + ", is within one standard error of the next's"
              + range(ks);
    };
  }

  private static String range(int[] ks) {
    return ", of k = " + ks[0] + " to " + ks[ks.length - 1];
  }

  private static String number(@Nullable Double value) {
    return value == null ? "undefined" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static double largestShare(Partition partition) {
    long largest = Arrays.stream(partition.labels()).filter(label -> label == 0).count();
    return (double) largest / partition.labels().length;
  }
}
