package org.surmala.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.surmala.metric.Bootstrap;
import org.surmala.metric.ExternalIndices;

/**
 * Stability of a clusterer under refits to bootstrap samples of the songs. Each refit has another
 * seed and assigns every song.
 *
 * @param stability for each k, the mean adjusted Rand index between the partition and the refits;
 *     NaN without refits
 * @param clusterStabilities for each k and cluster, the mean over refits of the highest Jaccard
 *     index between the cluster and any cluster of the refit (Hennig, Cluster-wise assessment of
 *     cluster stability, Computational Statistics and Data Analysis 52, 2007), 0 to 1; NaN for a
 *     cluster without songs in the sample. Empty without refits
 */
record BootstrapStability(double[] stability, double[][] clusterStabilities) {
  /**
   * Refits a clusterer.
   *
   * @param points points to sample from and to assign
   * @param labels of the points for each k; -1 is noise, which is ignored
   * @param count number of refits
   */
  static BootstrapStability of(
      Clusterer clusterer, double[][] points, int[] ks, List<int[]> labels, int count, long seed) {
    double[] stability = new double[ks.length];
    if (!clusterer.fits() || count == 0) {
      Arrays.fill(stability, Double.NaN);
      return new BootstrapStability(stability, new double[0][]);
    }
    double[][] clusterStabilities =
        labels.stream()
            .map(partition -> new double[RelabelBySize.clusters(partition)])
            .toArray(double[][]::new);
    for (int refit = 0; refit < count; refit++) {
      SplittableRandom random = Bootstrap.generator(~seed, refit);
      double[][] drawn = new double[points.length][];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = points[random.nextInt(points.length)];
      }
      SweptClusterer fitting = clusterer.on(drawn, random.nextLong());
      IntStream.range(0, ks.length)
          .parallel()
          .forEach(
              i -> {
                int[] partition = labels.get(i);
                ClusterPredictor rule = fitting.at(ks[i]).rule();
                int[] assigned = Arrays.stream(points).mapToInt(rule::assign).toArray();
                stability[i] += ExternalIndices.of(partition, assigned).adjustedRand();
                double[] jaccard = jaccard(partition, assigned, clusterStabilities[i].length);
                Arrays.setAll(clusterStabilities[i], c -> clusterStabilities[i][c] + jaccard[c]);
              });
    }
    // Divide once, so that a cluster that every refit finds has exactly 1.
    divide(stability, count);
    for (double[] sums : clusterStabilities) {
      divide(sums, count);
    }
    return new BootstrapStability(stability, clusterStabilities);
  }

  private static void divide(double[] sums, int count) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= count;
    }
  }

  /** Stability of the least stable cluster of a k; NaN without refits. */
  double least(int index) {
    return Arrays.stream(ofClusters(index))
        .filter(stable -> !Double.isNaN(stable))
        .min()
        .orElse(Double.NaN);
  }

  /** Stabilities of the clusters of a k; empty without refits. */
  double[] ofClusters(int index) {
    return clusterStabilities.length == 0 ? new double[0] : clusterStabilities[index];
  }

  /** For each cluster, its highest Jaccard index with any cluster of another labelling. */
  static double[] jaccard(int[] labels, int[] others, int clusters) {
    int columns = RelabelBySize.clusters(others);
    int[][] common = new int[clusters][columns];
    int[] sizes = new int[clusters];
    int[] otherSizes = new int[columns];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        sizes[labels[i]]++;
      }
      if (others[i] >= 0) {
        otherSizes[others[i]]++;
      }
      if (labels[i] >= 0 && others[i] >= 0) {
        common[labels[i]][others[i]]++;
      }
    }
    double[] highest = new double[clusters];
    for (int c = 0; c < clusters; c++) {
      highest[c] = sizes[c] == 0 ? Double.NaN : 0;
      for (int other = 0; other < columns; other++) {
        double union = sizes[c] + otherSizes[other] - common[c][other];
        highest[c] = Math.max(highest[c], common[c][other] / union);
      }
    }
    return highest;
  }
}
