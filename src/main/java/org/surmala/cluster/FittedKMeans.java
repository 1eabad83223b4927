package org.surmala.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.surmala.metric.ColumnMajorMatrix;

/** K-Means with given centres: every point goes to the nearest. */
final class FittedKMeans implements Clusterer {
  private static final int BLOCK = 16_384;

  private final Map<Integer, double[][]> centres;
  private final int maxIterations;

  /**
   * @param centres of each k
   * @param maxIterations of a refit
   */
  FittedKMeans(Map<Integer, double[][]> centres, int maxIterations) {
    this.centres = centres;
    this.maxIterations = maxIterations;
  }

  @Override
  public ClusterAlgorithm algorithm() {
    return ClusterAlgorithm.KMEANS;
  }

  @Override
  public int limit() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Clusterer light() {
    return new KMeans(1, maxIterations);
  }

  @Override
  public SweptClusterer on(double[][] points, long seed) {
    return k -> at(points, Objects.requireNonNull(centres.get(k), "no centres for k = " + k));
  }

  private static Partition at(double[][] points, double[][] centres) {
    int n = points.length;
    int[] labels = new int[n];
    double[] squared = new double[n];
    IntStream.rangeClosed(0, (n - 1) / BLOCK)
        .parallel()
        .forEach(
            block -> {
              int from = block * BLOCK;
              int to = Math.min(n, from + BLOCK);
              double[] theirs = new double[to - from];
              int[] own = new int[to - from];
              ScalableKMeans.nearest(
                  ColumnMajorMatrix.of(Arrays.copyOfRange(points, from, to)), centres, theirs, own);
              System.arraycopy(theirs, 0, squared, from, theirs.length);
              System.arraycopy(own, 0, labels, from, own.length);
            });
    Partition partition = Partition.byCentroid(points, labels);
    return new Partition(
        partition.labels(),
        partition.centroids(),
        partition.rule(),
        null,
        null,
        Map.of("inertia", Double.toString(Arrays.stream(squared).sum())));
  }
}
