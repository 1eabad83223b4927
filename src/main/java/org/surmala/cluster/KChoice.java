package org.surmala.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.SweepFigures;

/** Chooses a k of a sweep, with a reason. */
record KChoice(ClusterOptions options, int songs) {
  private static final double ONE_CLUSTER = 0.95;

  /** Mean Jaccard index at which a cluster counts as stable (Hennig 2007). */
  private static final double STABLE = 0.75;

  /** Sizes of the clusters of a partition, and the radius that the clusterer found, if any. */
  record Sizes(int clusters, long largest, long noise, @Nullable String epsilon) {
    static Sizes of(Partition partition) {
      int[] labels = partition.labels();
      return new Sizes(
          partition.clusters(),
          Arrays.stream(labels).filter(label -> label == 0).count(),
          Arrays.stream(labels).filter(label -> label < 0).count(),
          partition.found().get("epsilon"));
    }
  }

  /** A choice: an index in the swept range of k, and the reason in words. */
  record Choice(int index, String reason) {}

  /**
   * Chooses a k. One with a cluster of more than 95 % of the songs is chosen only if every k has
   * one. With the stability criterion, the highest silhouette decides if no k has only stable
   * clusters.
   */
  Choice choose(
      ClusterAlgorithm algorithm,
      boolean takesK,
      int[] ks,
      List<Sizes> partitions,
      List<SweepFigures> figures) {
    if (!takesK) {
      return new Choice(0, found(algorithm, partitions.get(0)));
    }
    int last = ks[ks.length - 1];
    String capped =
        options.kMax() > last
            ? "; k was limited to %s, because there are %s %s"
                .formatted(last, songs, options.noun().plural())
            : "";
    if (ks.length == 1) {
      return new Choice(0, "k was given" + capped);
    }
    int best = best(scores(options.criterion(), figures), partitions);
    if (best < 0 && options.criterion() == Criterion.STABILITY) {
      best = best(scores(Criterion.SILHOUETTE, figures), partitions);
      if (best >= 0) {
        return new Choice(best, unstable(figures.get(best), ks) + capped);
      }
    }
    if (best < 0) {
      return new Choice(
          0,
          "no k has a value of %s, so the smallest was taken%s"
              .formatted(options.criterion().label(), capped));
    }
    String open =
        options.criterion() == Criterion.STABILITY && best == ks.length - 1 && capped.isEmpty()
            ? "; a wider range in cluster.k may find more"
            : "";
    return new Choice(best, why(figures.get(best), ks) + open + capped);
  }

  private String found(ClusterAlgorithm algorithm, Sizes partition) {
    String epsilon = partition.epsilon();
    return algorithm.label()
        + " found "
        + partition.clusters()
        + (partition.clusters() == 1 ? " cluster and " : " clusters and ")
        + partition.noise()
        + " "
        + options.noun().plural()
        + " of noise"
        + (epsilon == null
            ? ""
            : String.format(Locale.ROOT, " at a radius of %.4g", Double.valueOf(epsilon)));
  }

  private int best(@Nullable Double[] scores, List<Sizes> partitions) {
    int best = -1;
    for (int pass = 0; pass < 2 && best < 0; pass++) {
      double highest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < scores.length; i++) {
        Double score = scores[i];
        boolean eligible = pass == 1 || largestShare(partitions.get(i)) <= ONE_CLUSTER;
        if (score != null && eligible && score > highest) {
          highest = score;
          best = i;
        }
      }
    }
    return best;
  }

  /** The scores of all k, higher is better; null where a score is not defined. */
  private static @Nullable Double[] scores(Criterion criterion, List<SweepFigures> figures) {
    @Nullable Double[] scores = new @Nullable Double[figures.size()];
    for (int i = 0; i < scores.length; i++) {
      SweepFigures f = figures.get(i);
      scores[i] =
          switch (criterion) {
            case SILHOUETTE -> f.getSilhouette();
            case DAVIES_BOULDIN -> negative(f.getDaviesBouldin());
            case CALINSKI_HARABASZ -> f.getCalinskiHarabasz();
            case BIC -> negative(f.getBic());
            // The largest stable k wins.
            case STABILITY -> isStable(f) ? (Double) (double) i : null;
            // The first k that meets the gap criterion wins; the last k if none does.
            case GAP -> gapIsEnough(figures, i) ? (Double) (double) (scores.length - i) : null;
          };
    }
    return scores;
  }

  private static boolean isStable(SweepFigures figures) {
    Double least = figures.getLeastClusterStability();
    return least != null && least >= STABLE;
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

  private static String unstable(SweepFigures figures, int[] ks) {
    return "the highest mean silhouette, "
        + number(figures.getSilhouette())
        + range(ks)
        + ", because at no k are all clusters stable in refits: the least stable one has a mean"
        + " Jaccard index of "
        + number(figures.getLeastClusterStability())
        + ", below "
        + STABLE;
  }

  private String why(SweepFigures figures, int[] ks) {
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
      case STABILITY ->
          "the largest k whose clusters are all stable in refits: the least stable one has a mean"
              + " Jaccard index of "
              + number(figures.getLeastClusterStability())
              + range(ks);
      case GAP ->
          "the smallest k whose gap, %s, is within one standard error of the next's%s"
              .formatted(number(figures.getGap()), range(ks));
    };
  }

  private static String range(int[] ks) {
    return ", of k = " + ks[0] + " to " + ks[ks.length - 1];
  }

  private static String number(@Nullable Double value) {
    return value == null ? "undefined" : String.format(Locale.ROOT, "%.3f", value);
  }

  private double largestShare(Sizes partition) {
    return (double) partition.largest() / songs;
  }
}
