package org.surmala.cluster;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.surmala.words.Noun;

/**
 * Options of clustering. Start from {@link #DEFAULTS}.
 *
 * @param algorithms the clusterers, each fitted to every representation; at least one
 * @param kMin smallest number of clusters, 2 or more
 * @param kMax largest number of clusters, {@code kMin} or more; equal to it if k is given
 * @param levels further k at which a hierarchy is cut, each 2 or more; never chosen
 * @param criterion the criterion that chooses k
 * @param restarts starts of K-Means, 1 or more; the one with the lowest inertia is used
 * @param maxIterations iterations of each K-Means start and of a mixture's fit, 1 or more
 * @param stabilityRefits bootstrap refits for stability; 0 for none, allowed if k is given or the
 *     criterion is not stability
 * @param gapReferences reference sets per gap statistic; 0 for no gap statistic, allowed if the
 *     criterion is not gap
 * @param silhouetteSample size of the sample for a sweep's silhouette above 20,000 songs; 100 or
 *     more
 * @param epsilon DBSCAN's radius, in the embedding's units; 0 for the knee of the k-distance curve
 * @param minPoints songs within the radius of a core song, itself included (DBSCAN, HDBSCAN); 2 or
 *     more
 * @param minClusterSize smallest cluster of HDBSCAN, in songs; 2 or more
 * @param blocks number of blocks of songs, so that no worker holds all songs of a model ({@link
 *     Cluster}); 0 to hold all songs on one worker
 * @param groups which clusters are split into groups, and how; null for none
 * @param noun the noun for clustered items in messages
 */
public record ClusterOptions(
    List<ClusterAlgorithm> algorithms,
    int kMin,
    int kMax,
    List<Integer> levels,
    Criterion criterion,
    int restarts,
    int maxIterations,
    int stabilityRefits,
    int gapReferences,
    int silhouetteSample,
    double epsilon,
    int minPoints,
    int minClusterSize,
    int blocks,
    @Nullable GroupOptions groups,
    long seed,
    Noun noun)
    implements Serializable {
  /** Largest number of songs of a model on one worker. */
  public static final int MOST_GATHERED = 200_000;

  /** Approximate number of songs per block. */
  public static final long SONGS_OF_BLOCK = 16_384;

  /** K-Means and Ward for k from 2 to 10, chosen by stability. */
  public static final ClusterOptions DEFAULTS = new Draft().build();

  public ClusterOptions {
    algorithms = List.copyOf(algorithms);
    levels = List.copyOf(levels);
    if (algorithms.isEmpty()) {
      throw new IllegalArgumentException(
          "cluster.algorithms is empty; name at least one clusterer, such as kmeans");
    }
    if (algorithms.stream().distinct().count() < algorithms.size()) {
      throw new IllegalArgumentException(
          "cluster.algorithms names a clusterer twice; name each once");
    }
    atLeast("cluster.k", kMin, 2);
    if (kMax < kMin) {
      throw new IllegalArgumentException(
          "cluster.k goes from " + kMin + " to " + kMax + "; the end must not be below the start");
    }
    levels.forEach(level -> atLeast("cluster.levels", level, 2));
    atLeast("cluster.restarts", restarts, 1);
    atLeast("cluster.max_iterations", maxIterations, 1);
    atLeast("cluster.stability_refits", stabilityRefits, 0);
    if (stabilityRefits == 0 && kMin < kMax && criterion == Criterion.STABILITY) {
      throw new IllegalArgumentException(
          "cluster.stability_refits is 0, and cluster.k is a range to choose from by stability; it"
              + " must be 1 or more, or cluster.criterion another");
    }
    atLeast("cluster.gap_references", gapReferences, criterion == Criterion.GAP ? 1 : 0);
    atLeast("cluster.silhouette_sample", silhouetteSample, 100);
    if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException(
          "cluster.epsilon is " + epsilon + "; it must be 0 (automatic) or a distance");
    }
    atLeast("cluster.min_points", minPoints, 2);
    atLeast("cluster.min_cluster_size", minClusterSize, 2);
    atLeast("cluster.blocks", blocks, 0);
  }

  /** The number of blocks for a number of songs; 0 for up to {@link #MOST_GATHERED}. */
  public static int blocksFor(long songs) {
    return songs <= MOST_GATHERED
        ? 0
        : Math.toIntExact((songs + SONGS_OF_BLOCK - 1) / SONGS_OF_BLOCK);
  }

  private static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          option + " is " + value + "; it must be " + least + " or more");
    }
  }

  /** With these clusterers. */
  public ClusterOptions withAlgorithms(ClusterAlgorithm... wanted) {
    return with(draft -> draft.algorithms = List.of(wanted));
  }

  /** With a range of numbers of clusters, both ends included. */
  public ClusterOptions withKRange(int least, int most) {
    return with(
        draft -> {
          draft.kMin = least;
          draft.kMax = most;
        });
  }

  /** With further cuts of hierarchies. */
  public ClusterOptions withLevels(List<Integer> wanted) {
    return with(draft -> draft.levels = wanted);
  }

  /** With k chosen by this criterion. */
  public ClusterOptions withCriterion(Criterion wanted) {
    return with(draft -> draft.criterion = wanted);
  }

  /** With this many starts of K-Means. */
  public ClusterOptions withRestarts(int count) {
    return with(draft -> draft.restarts = count);
  }

  /** With this many refits for the stability of each k. */
  public ClusterOptions withStabilityRefits(int refits) {
    return with(draft -> draft.stabilityRefits = refits);
  }

  /** With this many reference sets for the gap of each k. */
  public ClusterOptions withGapReferences(int references) {
    return with(draft -> draft.gapReferences = references);
  }

  /** With this radius for DBSCAN; 0 for automatic. */
  public ClusterOptions withEpsilon(double radius) {
    return with(draft -> draft.epsilon = radius);
  }

  /** With this number of songs within the radius of a core song. */
  public ClusterOptions withMinPoints(int count) {
    return with(draft -> draft.minPoints = count);
  }

  /** With clusters of HDBSCAN of at least this size. */
  public ClusterOptions withMinClusterSize(int songs) {
    return with(draft -> draft.minClusterSize = songs);
  }

  /** With distributed K-Means over this number of blocks; 0 for in memory. */
  public ClusterOptions withBlocks(int count) {
    return with(draft -> draft.blocks = count);
  }

  /** With groups within the clusters of a clustering; null for none. */
  public ClusterOptions withGroups(@Nullable GroupOptions value) {
    return with(draft -> draft.groups = value);
  }

  /** With this seed. */
  public ClusterOptions withSeed(long value) {
    return with(draft -> draft.seed = value);
  }

  /** With messages that say songs or rows. */
  public ClusterOptions withNoun(Noun value) {
    return with(draft -> draft.noun = value);
  }

  private ClusterOptions with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.algorithms = algorithms;
    draft.kMin = kMin;
    draft.kMax = kMax;
    draft.levels = levels;
    draft.criterion = criterion;
    draft.restarts = restarts;
    draft.maxIterations = maxIterations;
    draft.stabilityRefits = stabilityRefits;
    draft.gapReferences = gapReferences;
    draft.silhouetteSample = silhouetteSample;
    draft.epsilon = epsilon;
    draft.minPoints = minPoints;
    draft.minClusterSize = minClusterSize;
    draft.blocks = blocks;
    draft.groups = groups;
    draft.seed = seed;
    draft.noun = noun;
    change.accept(draft);
    return draft.build();
  }

  private static final class Draft {
    private List<ClusterAlgorithm> algorithms =
        List.of(ClusterAlgorithm.KMEANS, ClusterAlgorithm.WARD);
    private int kMin = 2;
    private int kMax = 10;
    private List<Integer> levels = List.of();
    private Criterion criterion = Criterion.STABILITY;
    private int restarts = 5;
    private int maxIterations = 300;
    private int stabilityRefits = 10;
    private int gapReferences = 3;
    private int silhouetteSample = 2_000;
    private double epsilon;
    private int minPoints = 5;
    private int minClusterSize = 10;
    private int blocks;
    private @Nullable GroupOptions groups;
    private long seed = 1;
    private Noun noun = Noun.SONG;

    private ClusterOptions build() {
      return new ClusterOptions(
          algorithms,
          kMin,
          kMax,
          levels,
          criterion,
          restarts,
          maxIterations,
          stabilityRefits,
          gapReferences,
          silhouetteSample,
          epsilon,
          minPoints,
          minClusterSize,
          blocks,
          groups,
          seed,
          noun);
    }
  }
}
