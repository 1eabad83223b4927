package org.surmala.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.surmala.metric.BlasThreads;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.metric.NearestNeighbours;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * Spectral clustering (Ng, Jordan and Weiss 2002): points that are connected by chains of near
 * neighbours form a cluster of any shape. The affinity of two points is exp(−d² / (s₁s₂)) with s
 * the distance of each to its 7th neighbour (Zelnik-Manor and Perona 2004); the leading
 * eigenvectors of the normalised affinities, each row scaled to length one, are clustered by
 * K-Means. The eigenvectors are computed once for all k, by a dense solver: O(n³) time, O(n²)
 * memory.
 */
record Spectral(KMeans kMeans) implements Clusterer {
  private static final int SCALE_NEIGHBOUR = 7;

  @Override
  public ClusterAlgorithm algorithm() {
    return ClusterAlgorithm.SPECTRAL;
  }

  @Override
  public SweptClusterer on(double[][] points, long seed) {
    checkLimit(points.length);
    double[][] vectors = vectors(points);
    int n = points.length;
    return k -> {
      double[][] rows = new double[n][k];
      for (int i = 0; i < n; i++) {
        double squares = 0;
        for (int j = 0; j < k; j++) {
          rows[i][j] = vectors[i][n - 1 - j];
          squares += rows[i][j] * rows[i][j];
        }
        for (int j = 0; squares > 0 && j < k; j++) {
          rows[i][j] /= Math.sqrt(squares);
        }
      }
      int[] labels = kMeans.on(rows, seed).at(k).labels();
      boolean[] all = new boolean[n];
      Arrays.fill(all, true);
      double[] radii = new double[RelabelBySize.clusters(labels)];
      Arrays.fill(radii, Double.POSITIVE_INFINITY);
      return new Partition(
          labels,
          RelabelBySize.centroids(points, labels),
          NearestMemberPredictor.of(points, labels, all, new double[n], radii),
          null,
          null,
          Map.of());
    };
  }

  /** Eigenvectors in the columns, by ascending eigenvalue. */
  private static double[][] vectors(double[][] points) {
    int n = points.length;
    ColumnMajorMatrix columns = ColumnMajorMatrix.of(points);
    double[] scales = NearestNeighbours.of(points, columns).reaches(points, SCALE_NEIGHBOUR + 1);
    double least = Arrays.stream(scales).filter(scale -> scale > 0).min().orElse(1);
    double[][] affinities = new double[n][n];
    double[] degrees = new double[n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              columns.squaredDistances(points[i], 0, n, affinities[i]);
              for (int j = 0; j < n; j++) {
                double scale = Math.max(least, scales[i]) * Math.max(least, scales[j]);
                affinities[i][j] = i == j ? 0 : Math.exp(-affinities[i][j] / scale);
                degrees[i] += affinities[i][j];
              }
            });
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double scale = Math.sqrt(degrees[i] * degrees[j]);
        affinities[i][j] = scale == 0 ? 0 : affinities[i][j] / scale;
      }
    }
    Matrix matrix = Matrix.of(affinities);
    matrix.uplo(UPLO.LOWER);
    BlasThreads.useOneThread();
    Matrix.EVD eigen = matrix.eigen(false, true, true);
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, java.util.Comparator.comparingDouble(i -> eigen.wr[i]));
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        vectors[i][j] = eigen.Vr.get(i, order[j]);
      }
    }
    return vectors;
  }
}
