package org.surmala.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.Bootstrap;
import org.surmala.metric.InternalIndices;
import org.surmala.schema.Clustering;
import org.surmala.schema.FittedClusterer;
import org.surmala.schema.Model;
import org.surmala.schema.SweepFigures;

/**
 * Fits every clusterer over the range of k to the songs of one representation, and chooses a k for
 * each clusterer by the criterion of the options.
 *
 * <p>A k at which one cluster holds more than 95 % of the songs is chosen only if there is no
 * other, since its silhouette is meaningless. Fewer than 3 songs are not clustered at all. k is
 * capped at one less than the number of songs.
 */
public final class ClusterSweep {
  /** Smallest number of songs that can be clustered. */
  public static final int LEAST_SONGS = 3;

  /**
   * Largest number of songs for exact silhouettes, gap and stability in a sweep; larger collections
   * are sampled.
   */
  public static final int MOST_EXACT = 20_000;

  /** The reason for a clustering at a level that the options ask for. */
  static final String LEVEL = "a level of the hierarchy that was asked for";

  private final ClusterOptions options;

  /** A sweep with these options. */
  public ClusterSweep(ClusterOptions options) {
    this.options = options;
  }

  /**
   * Clusters songs.
   *
   * @param modelVersion version of the model that embedded the songs
   * @param ids song ids, ascending
   * @param points one row for each id
   * @return by clusterer in the order of the options, then by k; empty for fewer than 3 songs
   * @throws IllegalArgumentException if ids are not ascending and distinct, if ids and points
   *     differ in number, if a coordinate is not finite, or if there are more songs than a
   *     clusterer accepts
   */
  public List<Clustering> run(
      String representation, String modelVersion, List<String> ids, double[][] points) {
    return run(representation, modelVersion, ids, points, null);
  }

  /**
   * As {@link #run(String, String, List, double[][])}, with the model for the clusterer {@code
   * model}. If it is null, or a model without clusters, that clusterer has no output.
   */
  List<Clustering> run(
      String representation,
      String modelVersion,
      List<String> ids,
      double[][] points,
      @Nullable Model model) {
    check(ids, points);
    List<Clustering> all = new ArrayList<>();
    if (points.length < LEAST_SONGS) {
      return all;
    }
    for (ClusterAlgorithm algorithm : options.algorithms()) {
      Clusterer clusterer = clusterer(algorithm, model);
      if (clusterer == null) {
        continue;
      }
      all.addAll(sweep(clusterer, representation, modelVersion, ids, points));
    }
    return all;
  }

  /**
   * Computes one clustering, without scores.
   *
   * @param points one row for each song, in the order of their ids
   * @param k ignored by a clusterer that finds k; limited to one less than the number of songs
   * @return the cluster of each song, numbered as in {@link Clustering}
   * @throws IllegalArgumentException if there are more songs than the clusterer accepts, or fewer
   *     than 3
   */
  public int[] labels(ClusterAlgorithm algorithm, double[][] points, int k) {
    if (points.length < LEAST_SONGS) {
      throw new IllegalArgumentException(
          "there are " + points.length + " songs; clustering takes " + LEAST_SONGS + " or more");
    }
    return clusterer(algorithm)
        .on(points, options.seed())
        .at(Math.min(k, points.length - 1))
        .labels();
  }

  /** A clusterer; null for the clusters of a model that defines none. */
  @Nullable Clusterer clusterer(ClusterAlgorithm algorithm, @Nullable Model model) {
    if (algorithm == ClusterAlgorithm.MODEL) {
      return model == null ? null : ModelClusters.of(model);
    }
    return clusterer(algorithm);
  }

  private Clusterer clusterer(ClusterAlgorithm algorithm) {
    return switch (algorithm) {
      case KMEANS -> new KMeans(options.restarts(), options.maxIterations());
      case WARD -> new Ward();
      case AVERAGE, COMPLETE -> new Linkage(algorithm);
      case DBSCAN -> new Dbscan(options.epsilon(), options.minPoints());
      case HDBSCAN -> new Hdbscan(options.minPoints(), options.minClusterSize());
      case GMM -> new MixtureClusterer(true, options.maxIterations());
      case GMM_DIAGONAL -> new MixtureClusterer(false, options.maxIterations());
      case MODEL ->
          throw new IllegalArgumentException(
              "the clusterer 'model' needs a model that defines clusters");
      case SPECTRAL -> new Spectral(new KMeans(options.restarts(), options.maxIterations()));
    };
  }

  private List<Clustering> sweep(
      Clusterer clusterer,
      String representation,
      String modelVersion,
      List<String> ids,
      double[][] points) {
    SweptClusterer fitting = clusterer.on(points, options.seed());
    int[] ks = ks(clusterer, points.length);
    List<Partition> partitions = Arrays.stream(ks).parallel().mapToObj(fitting::at).toList();
    List<int[]> labels = partitions.stream().map(Partition::labels).toList();
    List<SweepFigures> figures = SweepScores.of(options, points, partitions);
    addGaps(clusterer, points, ks, labels, figures);
    BootstrapStability refits = refits(clusterer, points, ks, labels);
    for (int i = 0; i < ks.length; i++) {
      figures.get(i).setLeastClusterStability(defined(refits.least(i)));
    }
    KChoice.Choice choice =
        new KChoice(options, points.length)
            .choose(
                clusterer.algorithm(),
                clusterer.takesK(),
                ks,
                partitions.stream().map(KChoice.Sizes::of).toList(),
                figures);
    GroupLevel groups = GroupLevel.of(options, representation, clusterer.algorithm());
    List<Clustering> clusterings = new ArrayList<>();
    for (int i = 0; i < ks.length; i++) {
      boolean chosen = i == choice.index();
      clusterings.add(
          clustering(partitions.get(i), clusterer, chosen, points, ids)
              .setRepresentation(representation)
              .setModelVersion(modelVersion)
              .setReason(chosen ? choice.reason() : null)
              .setStability(defined(refits.stability()[i]))
              .setClusterStabilities(PackedDoubles.doubles(refits.ofClusters(i)))
              .setMerges(chosen ? fitting.merges() : List.of())
              .setSweep(figures.get(i))
              .setGroups(chosen ? groups.of(points, partitions.get(i).labels()) : null)
              .build());
    }
    for (int level : fitting.merges().isEmpty() ? List.<Integer>of() : options.levels()) {
      if (level < points.length && Arrays.stream(ks).noneMatch(k -> k == level)) {
        clusterings.add(
            clustering(fitting.at(level), clusterer, false, points, ids)
                .setRepresentation(representation)
                .setModelVersion(modelVersion)
                .setReason(LEVEL)
                .setMerges(List.of())
                .build());
      }
    }
    return clusterings;
  }

  int[] ks(Clusterer clusterer, int songs) {
    if (!clusterer.takesK()) {
      return new int[] {0};
    }
    int most = songs - 1;
    return IntStream.rangeClosed(Math.min(options.kMin(), most), Math.min(options.kMax(), most))
        .toArray();
  }

  /** Adds gaps to the scores, if the options request them. */
  void addGaps(
      Clusterer clusterer,
      double[][] points,
      int[] ks,
      List<int[]> labels,
      List<SweepFigures> figures) {
    if (options.gapReferences() == 0 || !clusterer.takesK() || ks.length < 2) {
      return;
    }
    int[] drawn = sample(points.length);
    double[][] sample = Arrays.stream(drawn).mapToObj(i -> points[i]).toArray(double[][]::new);
    double[] inertias =
        labels.stream()
            .mapToDouble(own -> InternalIndices.of(sample, restricted(own, drawn)).inertia())
            .toArray();
    GapStatistic.Gaps gaps =
        GapStatistic.of(
            clusterer.light(), sample, ks, inertias, options.gapReferences(), options.seed());
    for (int i = 0; i < ks.length; i++) {
      figures.get(i).setGap(defined(gaps.gaps()[i]));
      figures.get(i).setGapError(defined(gaps.errors()[i]));
    }
  }

  private Clustering.Builder clustering(
      Partition partition,
      Clusterer clusterer,
      boolean chosen,
      double[][] points,
      List<String> ids) {
    double[] distances = new double[points.length];
    Arrays.setAll(
        distances, i -> Geometry.distance(points[i], partition.centroids(), partition.labels()[i]));
    ByteBuffer probabilities =
        partition.probabilities() == null ? null : PackedDoubles.doubles(partition.probabilities());
    return Clustering.newBuilder()
        .setClusterer(clusterer.algorithm().label())
        .setK(partition.clusters())
        .setChosen(chosen)
        .setIds(ids)
        .setLabels(PackedDoubles.ints(partition.labels()))
        .setDistances(PackedDoubles.doubles(distances))
        .setNovelties(PackedDoubles.doubles(novelties(distances)))
        .setDimensions(points[0].length)
        .setCentroids(PackedDoubles.doubles(partition.centroids()))
        .setProbabilities(probabilities)
        .setFitted(chosen ? fitted(partition) : null);
  }

  /** The predictor of a partition as a record, with the options of the fit. */
  FittedClusterer fitted(Partition partition) {
    FittedClusterer saved = partition.rule().save();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("seed", Long.toString(options.seed()));
    all.put("restarts", Integer.toString(options.restarts()));
    all.put("max_iterations", Integer.toString(options.maxIterations()));
    all.putAll(partition.found());
    saved.setOptions(all);
    return saved;
  }

  /** Null for NaN. */
  static @Nullable Double defined(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** The songs for gap and stability: all songs, or a sample. */
  private int[] sample(int songs) {
    int[] order = IntStream.range(0, songs).toArray();
    if (songs > MOST_EXACT) {
      Bootstrap.shuffle(order, new SplittableRandom(options.seed()));
      order = Arrays.copyOf(order, MOST_EXACT);
      Arrays.sort(order);
    }
    return order;
  }

  /** The labels of some songs. */
  static int[] restricted(int[] labels, int[] songs) {
    return Arrays.stream(songs).map(i -> labels[i]).toArray();
  }

  /** Refits a clusterer to bootstrap samples. */
  BootstrapStability refits(Clusterer clusterer, double[][] points, int[] ks, List<int[]> labels) {
    int[] kept = sample(points.length);
    return BootstrapStability.of(
        clusterer.light(),
        Arrays.stream(kept).mapToObj(i -> points[i]).toArray(double[][]::new),
        ks,
        labels.stream().map(own -> restricted(own, kept)).toList(),
        options.stabilityRefits(),
        options.seed());
  }

  /** Novelties of songs, by the distances of all songs. */
  static double[] novelties(double[] distances) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    return Arrays.stream(distances).map(distance -> novelty(sorted, distance)).toArray();
  }

  /** The share of ascending distances below the given one. */
  static double novelty(double[] sorted, double distance) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < distance) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return sorted.length == 0 ? 0 : (double) from / sorted.length;
  }

  private static void check(List<String> ids, double[][] points) {
    if (ids.size() != points.length) {
      throw new IllegalArgumentException(
          ids.size() + " ids, but " + points.length + " points; their numbers must be equal");
    }
    for (int i = 0; i < points.length; i++) {
      if (i > 0 && ids.get(i - 1).compareTo(ids.get(i)) >= 0) {
        throw new IllegalArgumentException(
            "song " + ids.get(i) + " follows " + ids.get(i - 1) + "; ids must ascend, each once");
      }
      for (double coordinate : points[i]) {
        if (!Double.isFinite(coordinate)) {
          throw new IllegalArgumentException(
              ("song %s has a coordinate of %s; fit the representation again: its"
                      + " embeddings must be finite")
                  .formatted(ids.get(i), coordinate));
        }
      }
    }
  }
}
