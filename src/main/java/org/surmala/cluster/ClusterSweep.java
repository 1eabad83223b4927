package org.surmala.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.Agreement;
import org.surmala.metric.Resampling;
import org.surmala.metric.Separation;
import org.surmala.metric.Silhouette;
import org.surmala.schema.Clustering;
import org.surmala.schema.FittedClusterer;
import org.surmala.schema.SweepFigures;

/**
 * Fits every clusterer over the range of k to the songs of one representation, and chooses a k for
 * each clusterer by the highest mean silhouette.
 *
 * <p>A k at which one cluster holds more than 95 % of the songs is not chosen while there is
 * another, since its silhouette says nothing. Fewer than 3 songs are not clustered at all. k is
 * capped at one less than the number of songs.
 */
public final class ClusterSweep {
  /** Fewest songs that are clustered. */
  public static final int LEAST_SONGS = 3;

  /** Most songs whose silhouettes are all computed in a sweep; of more, a sample is. */
  public static final int MOST_EXACT = 20_000;

  private static final double ONE_CLUSTER = 0.95;

  private final ClusterOptions options;

  /** A sweep with these options. */
  public ClusterSweep(ClusterOptions options) {
    this.options = options;
  }

  /**
   * Clusters songs.
   *
   * @param representation its name
   * @param modelVersion of the model that embedded the songs
   * @param ids of the songs, ascending
   * @param points one row for each id
   * @return by clusterer in the order of the options, then by k; empty for fewer than 3 songs
   * @throws IllegalArgumentException when ids are not ascending and distinct, when there are not as
   *     many as points, when a coordinate is not finite, or when a clusterer does not take so many
   *     songs
   */
  public List<Clustering> run(
      String representation, String modelVersion, List<String> ids, double[][] points) {
    check(ids, points);
    List<Clustering> all = new ArrayList<>();
    if (points.length < LEAST_SONGS) {
      return all;
    }
    for (ClusterAlgorithm algorithm : options.algorithms()) {
      Clusterer clusterer = clusterer(algorithm);
      all.addAll(sweep(clusterer, representation, modelVersion, ids, points));
    }
    return all;
  }

  private Clusterer clusterer(ClusterAlgorithm algorithm) {
    return switch (algorithm) {
      case KMEANS -> new KMeans(options.restarts(), options.maxIterations());
      case WARD -> new Ward();
    };
  }

  private List<Clustering> sweep(
      Clusterer clusterer,
      String representation,
      String modelVersion,
      List<String> ids,
      double[][] points) {
    Fitting fitting = clusterer.on(points, options.seed());
    int most = points.length - 1;
    int[] ks =
        clusterer.takesK()
            ? IntStream.rangeClosed(Math.min(options.kMin(), most), Math.min(options.kMax(), most))
                .toArray()
            : new int[] {0};
    List<Partition> partitions = Arrays.stream(ks).mapToObj(fitting::at).toList();
    List<SweepFigures> figures =
        partitions.stream().map(partition -> figures(points, partition)).toList();
    double[] stability = stability(clusterer, points, ks, partitions);
    Choice choice = choose(clusterer, ks, partitions, figures, points.length);
    List<Clustering> clusterings = new ArrayList<>();
    for (int i = 0; i < ks.length; i++) {
      boolean chosen = i == choice.index();
      clusterings.add(
          clustering(partitions.get(i), clusterer, chosen, points, ids)
              .setRepresentation(representation)
              .setModelVersion(modelVersion)
              .setReason(chosen ? choice.reason() : null)
              .setStability(Double.isNaN(stability[i]) ? null : stability[i])
              .setMerges(chosen ? fitting.merges() : List.of())
              .setSweep(figures.get(i))
              .build());
    }
    return clusterings;
  }

  private Clustering.Builder clustering(
      Partition partition,
      Clusterer clusterer,
      boolean chosen,
      double[][] points,
      List<String> ids) {
    double[] distances = distances(points, partition);
    ByteBuffer probabilities =
        partition.probabilities() == null ? null : Packed.doubles(partition.probabilities());
    return Clustering.newBuilder()
        .setClusterer(clusterer.algorithm().label())
        .setK(partition.clusters())
        .setChosen(chosen)
        .setIds(ids)
        .setLabels(Packed.ints(partition.labels()))
        .setDistances(Packed.doubles(distances))
        .setNovelties(Packed.doubles(novelties(distances)))
        .setDimensions(points[0].length)
        .setCentroids(Packed.doubles(partition.centroids()))
        .setProbabilities(probabilities)
        .setFitted(chosen ? fitted(partition) : null);
  }

  private FittedClusterer fitted(Partition partition) {
    FittedClusterer saved = partition.rule().save();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("seed", Long.toString(options.seed()));
    all.put("restarts", Integer.toString(options.restarts()));
    all.put("max_iterations", Integer.toString(options.maxIterations()));
    all.putAll(partition.found());
    saved.setOptions(all);
    return saved;
  }

  private SweepFigures figures(double[][] points, Partition partition) {
    int[] kept =
        IntStream.range(0, points.length).filter(i -> partition.labels()[i] >= 0).toArray();
    double[][] rows = Arrays.stream(kept).mapToObj(i -> points[i]).toArray(double[][]::new);
    int[] labels = Arrays.stream(kept).map(i -> partition.labels()[i]).toArray();
    double silhouette =
        rows.length <= MOST_EXACT
            ? Silhouette.mean(rows, labels)
            : Silhouette.sample(rows, labels, options.silhouetteSample(), options.seed()).mean();
    Separation separation = Separation.of(rows, labels);
    return SweepFigures.newBuilder()
        .setSilhouette(defined(silhouette))
        .setDaviesBouldin(defined(separation.daviesBouldin()))
        .setCalinskiHarabasz(defined(separation.calinskiHarabasz()))
        .setBic(partition.bic())
        .build();
  }

  private static @Nullable Double defined(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** For each k, how far refits to bootstrap samples agree with the partition; NaN of none. */
  private double[] stability(
      Clusterer clusterer, double[][] points, int[] ks, List<Partition> partitions) {
    double[] sums = new double[ks.length];
    int n = points.length;
    for (int refit = 0; refit < options.stabilityRefits(); refit++) {
      SplittableRandom random = Resampling.generator(~options.seed(), refit);
      double[][] drawn = new double[n][];
      for (int i = 0; i < n; i++) {
        drawn[i] = points[random.nextInt(n)];
      }
      Fitting fitting = clusterer.on(drawn, random.nextLong());
      for (int i = 0; i < ks.length; i++) {
        Rule rule = fitting.at(ks[i]).rule();
        int[] assigned = Arrays.stream(points).parallel().mapToInt(rule::assign).toArray();
        sums[i] += Agreement.of(partitions.get(i).labels(), assigned).adjustedRand();
      }
    }
    return Arrays.stream(sums).map(sum -> sum / options.stabilityRefits()).toArray();
  }

  private record Choice(int index, String reason) {}

  private Choice choose(
      Clusterer clusterer,
      int[] ks,
      List<Partition> partitions,
      List<SweepFigures> figures,
      int songs) {
    if (!clusterer.takesK()) {
      return new Choice(
          0,
          clusterer.algorithm().label() + " found " + partitions.get(0).clusters() + " clusters");
    }
    String capped =
        options.kMax() > ks[ks.length - 1]
            ? "; k was capped at " + ks[ks.length - 1] + ", for there are " + songs + " songs"
            : "";
    if (ks.length == 1) {
      return new Choice(0, "k was given" + capped);
    }
    int best = -1;
    for (int pass = 0; pass < 2 && best < 0; pass++) {
      for (int i = 0; i < ks.length; i++) {
        Double silhouette = figures.get(i).getSilhouette();
        boolean eligible =
            silhouette != null && (pass == 1 || largestShare(partitions.get(i)) <= ONE_CLUSTER);
        if (eligible && (best < 0 || silhouette > silhouetteOf(figures.get(best)))) {
          best = i;
        }
      }
    }
    if (best < 0) {
      return new Choice(0, "no k has a silhouette, so the smallest was taken" + capped);
    }
    return new Choice(
        best,
        String.format(
                Locale.ROOT,
                "the highest mean silhouette, %.3f, of k = %d to %d",
                silhouetteOf(figures.get(best)),
                ks[0],
                ks[ks.length - 1])
            + capped);
  }

  private static double silhouetteOf(SweepFigures figures) {
    Double silhouette = figures.getSilhouette();
    return silhouette == null ? Double.NEGATIVE_INFINITY : silhouette;
  }

  private static double largestShare(Partition partition) {
    long largest = Arrays.stream(partition.labels()).filter(label -> label == 0).count();
    return (double) largest / partition.labels().length;
  }

  /** Distance of each point to its own centroid; noise: to the nearest; NaN without clusters. */
  private static double[] distances(double[][] points, Partition partition) {
    double[][] centroids = partition.centroids();
    double[] distances = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      int label = partition.labels()[i];
      double squared =
          label < 0 ? Double.NaN : Geometry.squaredDistance(points[i], centroids[label]);
      if (label < 0) {
        for (double[] centroid : centroids) {
          double other = Geometry.squaredDistance(points[i], centroid);
          squared = squared <= other ? squared : other;
        }
      }
      distances[i] = Math.sqrt(squared);
    }
    return distances;
  }

  /** Share of the distances that are below each distance. */
  private static double[] novelties(double[] distances) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double[] novelties = new double[distances.length];
    for (int i = 0; i < distances.length; i++) {
      int place = Arrays.binarySearch(sorted, distances[i]);
      while (place > 0 && sorted[place - 1] == sorted[place]) {
        place--;
      }
      novelties[i] = (double) place / distances.length;
    }
    return novelties;
  }

  private static void check(List<String> ids, double[][] points) {
    if (ids.size() != points.length) {
      throw new IllegalArgumentException(
          ids.size() + " ids, but " + points.length + " points; they must be as many");
    }
    for (int i = 0; i < points.length; i++) {
      if (i > 0 && ids.get(i - 1).compareTo(ids.get(i)) >= 0) {
        throw new IllegalArgumentException(
            "song " + ids.get(i) + " follows " + ids.get(i - 1) + "; ids must ascend, each once");
      }
      for (double coordinate : points[i]) {
        if (!Double.isFinite(coordinate)) {
          throw new IllegalArgumentException(
              "song "
                  + ids.get(i)
                  + " has a coordinate of "
                  + coordinate
                  + "; fit the representation anew, for it must give finite numbers");
        }
      }
    }
  }
}
