package org.surmala.cluster;

import java.util.Arrays;
import org.surmala.metric.ColumnMajorMatrix;

/**
 * A partition of few points, for K-Means. The squared distance of a point to a centroid is derived
 * from the distances between the points: the mean over the cluster's points, less half the mean
 * over its pairs. A point that changes its cluster costs one addition for each point, whatever the
 * number of dimensions.
 */
final class PairwiseClusters implements KMeans.Fit {
  private final double[][] between;
  private final int[] labels;

  /** For each cluster, the sum of each point's squared distances to the cluster's points. */
  private final double[][] sums;

  private final double[] sizes;

  /** Sum of the squared distances of the pairs in each cluster. */
  private final double[] pairs;

  private PairwiseClusters(
      double[][] between, int[] labels, double[][] sums, double[] sizes, double[] pairs) {
    this.between = between;
    this.labels = labels;
    this.sums = sums;
    this.sizes = sizes;
    this.pairs = pairs;
  }

  /**
   * Gives each point to the nearest of some points.
   *
   * @param between squared distances, as of {@link #between}
   * @param centres numbers of these points
   */
  static PairwiseClusters around(double[][] between, int[] centres) {
    int n = between.length;
    int k = centres.length;
    double[][] distances =
        Arrays.stream(centres).mapToObj(c -> between[c]).toArray(double[][]::new);
    PairwiseClusters clusters =
        new PairwiseClusters(
            between, nearest(distances, n), new double[k][n], new double[k], new double[k]);
    for (int i = 0; i < n; i++) {
      clusters.add(i, clusters.labels[i]);
    }
    return clusters;
  }

  /** Squared distances between points: symmetric, with 0 for each point to itself. */
  static double[][] between(double[][] points, ColumnMajorMatrix columns) {
    int n = points.length;
    double[][] between = new double[n][n];
    double[] distances = new double[n];
    for (int i = 0; i < n; i++) {
      columns.squaredDistances(points[i], i + 1, n, distances);
      for (int j = i + 1; j < n; j++) {
        between[i][j] = distances[j - i - 1];
        between[j][i] = between[i][j];
      }
    }
    return between;
  }

  /** The cluster of each point; not a copy. */
  int[] labels() {
    return labels;
  }

  @Override
  public double inertia() {
    double inertia = 0;
    for (int c = 0; c < sizes.length; c++) {
      inertia += pairs[c] / sizes[c];
    }
    return inertia;
  }

  /** For each cluster, the squared distance of each point to the centroid. */
  double[][] distances() {
    double[][] distances = new double[sizes.length][labels.length];
    for (int c = 0; c < distances.length; c++) {
      double[] own = distances[c];
      double[] sum = sums[c];
      double size = sizes[c];
      double spread = pairs[c] / (size * size);
      for (int i = 0; i < own.length; i++) {
        own[i] = sum[i] / size - spread;
      }
    }
    return distances;
  }

  /** A copy in which a point is the centre of a cluster, and each point is with the nearest. */
  PairwiseClusters swapped(int cluster, int point) {
    double[][] distances = distances();
    distances[cluster] = between[point];
    PairwiseClusters copy =
        new PairwiseClusters(
            between,
            labels.clone(),
            Arrays.stream(sums).map(double[]::clone).toArray(double[][]::new),
            sizes.clone(),
            pairs.clone());
    copy.label(nearest(distances, labels.length));
    return copy;
  }

  /** Lloyd's rule, then Hartigan's, until no point moves, with at most so many passes of each. */
  PairwiseClusters improve(int passes) {
    boolean moved = true;
    for (int pass = 0; moved && pass < passes; pass++) {
      fill();
      moved = label(nearest(distances(), labels.length));
    }
    fill();
    moved = true;
    for (int pass = 0; moved && pass < passes; pass++) {
      moved = hartigan();
    }
    return this;
  }

  /** Gives each empty cluster the point that is farthest from its centroid. */
  private void fill() {
    for (int c = 0; c < sizes.length; c++) {
      if (sizes[c] == 0) {
        int farthest = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < labels.length; i++) {
          double distance = squared(i, labels[i]);
          if (sizes[labels[i]] > 1 && distance > largest) {
            largest = distance;
            farthest = i;
          }
        }
        move(farthest, c);
      }
    }
  }

  /** The nearest centre of each point; ties go to the lower number. */
  private static int[] nearest(double[][] distances, int points) {
    int[] nearest = new int[points];
    for (int c = 1; c < distances.length; c++) {
      for (int i = 0; i < points; i++) {
        nearest[i] = distances[c][i] < distances[nearest[i]][i] ? c : nearest[i];
      }
    }
    return nearest;
  }

  private boolean label(int[] now) {
    boolean moved = false;
    for (int i = 0; i < now.length; i++) {
      if (now[i] != labels[i]) {
        move(i, now[i]);
        moved = true;
      }
    }
    return moved;
  }

  private boolean hartigan() {
    boolean moved = false;
    for (int i = 0; i < labels.length; i++) {
      int own = labels[i];
      if (sizes[own] > 1) {
        double lowest = squared(i, own) * sizes[own] / (sizes[own] - 1) * (1 - KMeans.LEAST_GAIN);
        int to = own;
        for (int c = 0; c < sizes.length; c++) {
          double entering = squared(i, c) * sizes[c] / (sizes[c] + 1);
          if (c != own && entering < lowest) {
            lowest = entering;
            to = c;
          }
        }
        if (to != own) {
          move(i, to);
          moved = true;
        }
      }
    }
    return moved;
  }

  private double squared(int point, int cluster) {
    double size = sizes[cluster];
    return sums[cluster][point] / size - pairs[cluster] / (size * size);
  }

  private void move(int point, int to) {
    int own = labels[point];
    pairs[own] -= sums[own][point];
    sizes[own]--;
    double[] row = between[point];
    double[] sum = sums[own];
    for (int i = 0; i < row.length; i++) {
      sum[i] -= row[i];
    }
    labels[point] = to;
    add(point, to);
  }

  private void add(int point, int cluster) {
    pairs[cluster] += sums[cluster][point];
    sizes[cluster]++;
    double[] row = between[point];
    double[] sum = sums[cluster];
    for (int i = 0; i < row.length; i++) {
      sum[i] += row[i];
    }
  }
}
