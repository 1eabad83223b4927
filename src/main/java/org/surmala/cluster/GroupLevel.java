package org.surmala.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.Bootstrap;
import org.surmala.metric.ExternalIndices;
import org.surmala.schema.ClusterGroups;
import org.surmala.schema.SongGroup;

/**
 * The groups within the clusters of a clustering, with their stability. Each cluster is split
 * separately ({@link GroupSplit}).
 */
final class GroupLevel {
  private final @Nullable GroupOptions options;
  private final int refits;
  private final long seed;

  private GroupLevel(@Nullable GroupOptions options, int refits, long seed) {
    this.options = options;
    this.refits = refits;
    this.seed = seed;
  }

  static GroupLevel of(ClusterOptions options, String representation, ClusterAlgorithm clusterer) {
    GroupOptions groups = options.groups();
    boolean isSplit = groups != null && groups.isFor(representation, clusterer.label());
    return new GroupLevel(isSplit ? groups : null, options.stabilityRefits(), options.seed());
  }

  /**
   * Splits every cluster.
   *
   * @param points one row for each song, ascending by id
   * @param clusters cluster of each song, from 0 without gaps; -1 is noise
   * @return null if the options ask for no groups
   */
  @Nullable ClusterGroups of(double[][] points, int[] clusters) {
    GroupOptions sizes = options;
    if (sizes == null) {
      return null;
    }
    int[] numbers = new int[points.length];
    double[] distances = new double[points.length];
    Arrays.fill(distances, Double.NaN);
    List<SongGroup> groups = new ArrayList<>();
    double sum = 0;
    int measured = 0;
    for (int c = 0; c < RelabelBySize.clusters(clusters); c++) {
      int cluster = c;
      int[] members =
          IntStream.range(0, clusters.length).filter(i -> clusters[i] == cluster).toArray();
      double[][] own = Arrays.stream(members).mapToObj(i -> points[i]).toArray(double[][]::new);
      int[] parts = GroupSplit.parts(own, sizes.least(), sizes.most(), seed);
      int[] labels = GroupSplit.within(own, parts, sizes.least(), sizes.most(), seed);
      double[][] centres = RelabelBySize.centroids(own, labels);
      int[] sample = sample(parts, cluster);
      Stability stability = stability(sizes, own, labels, sample);
      for (int g = 0; g < centres.length; g++) {
        Double ofGroup = stability == null ? null : stability.ofGroups().get(g);
        groups.add(new SongGroup(cluster, g + 1, PackedDoubles.doubles(centres[g]), ofGroup));
      }
      for (int i = 0; i < members.length; i++) {
        numbers[members[i]] = labels[i] + 1;
        distances[members[i]] = Geometry.distance(own[i], centres, labels[i]);
      }
      if (stability != null) {
        sum += stability.adjustedRand() * sample.length;
        measured += sample.length;
      }
    }
    return new ClusterGroups(
        PackedDoubles.ints(numbers),
        PackedDoubles.doubles(distances),
        groups,
        measured == 0 ? null : sum / measured);
  }

  /** The songs of a cluster that measure its stability: those of a random part. */
  private int[] sample(int[] parts, int cluster) {
    int drawn = Bootstrap.generator(seed, cluster).nextInt(RelabelBySize.clusters(parts));
    return IntStream.range(0, parts.length).filter(i -> parts[i] == drawn).toArray();
  }

  /**
   * The mean adjusted Rand index with splits of bootstrap samples, and a Jaccard index per group.
   */
  private record Stability(double adjustedRand, Map<Integer, Double> ofGroups) {}

  /**
   * Stability of a split; null if the sample is only one group, or too large for repeated splits.
   */
  private @Nullable Stability stability(
      GroupOptions sizes, double[][] all, int[] allLabels, int[] sample) {
    int[] groups = Arrays.stream(sample).map(i -> allLabels[i]).distinct().sorted().toArray();
    int n = sample.length;
    if (groups.length < 2 || refits == 0 || n > GroupSplit.MOST_AT_ONCE) {
      return null;
    }
    double[][] points = Arrays.stream(sample).mapToObj(i -> all[i]).toArray(double[][]::new);
    int[] labels =
        Arrays.stream(sample).map(i -> Arrays.binarySearch(groups, allLabels[i])).toArray();
    double adjustedRand = 0;
    double[] sums = new double[groups.length];
    for (int refit = 0; refit < refits; refit++) {
      SplittableRandom random = Bootstrap.generator(~seed, refit);
      double[][] drawn = new double[n][];
      for (int i = 0; i < n; i++) {
        drawn[i] = points[random.nextInt(n)];
      }
      int[] found = GroupSplit.labels(drawn, sizes.least(), sizes.most(), seed);
      ClusterPredictor rule = new NearestCentroidPredictor(RelabelBySize.centroids(drawn, found));
      int[] assigned = Arrays.stream(points).mapToInt(rule::assign).toArray();
      adjustedRand += ExternalIndices.of(labels, assigned).adjustedRand();
      double[] jaccard = BootstrapStability.jaccard(labels, assigned, groups.length);
      Arrays.setAll(sums, g -> sums[g] + jaccard[g]);
    }
    Map<Integer, Double> ofGroups = new HashMap<>();
    for (int g = 0; g < groups.length; g++) {
      ofGroups.put(groups[g], sums[g] / refits);
    }
    return new Stability(adjustedRand / refits, ofGroups);
  }
}
