package org.surmala.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.ColumnMajorMatrix;

/**
 * Weighted points, among which K-Means draws its centres.
 *
 * @param columns the same points
 * @param weights weight of each point, 0 or more
 * @param between squared distances between the points, if they are few and have equal weights
 */
record WeightedPoints(
    double[][] points, ColumnMajorMatrix columns, double[] weights, double @Nullable [][] between) {
  /** Largest number of points of which all distances are computed, to share them: 34 MB. */
  private static final int MOST_PAIRED = 2_048;

  /** Points of weight 1. */
  static WeightedPoints evenly(double[][] points) {
    double[] ones = new double[points.length];
    Arrays.fill(ones, 1);
    ColumnMajorMatrix columns = ColumnMajorMatrix.of(points);
    return new WeightedPoints(
        points,
        columns,
        ones,
        points.length > MOST_PAIRED ? null : PairwiseClusters.between(points, columns));
  }

  /** Squared distances of all points to one of them. */
  void squaredDistances(int from, double[] out) {
    if (between == null) {
      columns.squaredDistances(points[from], 0, points.length, out);
    } else {
      System.arraycopy(between[from], 0, out, 0, out.length);
    }
  }

  /** A point that replaces a centre. */
  record Swap(int centre, int point) {}

  /**
   * A drawn point, and the centre whose removal then costs least.
   *
   * @param toCentres for each centre, the squared distance of each point
   */
  Swap swap(double[][] toCentres, SplittableRandom random) {
    int n = points.length;
    int k = toCentres.length;
    double[] nearest = new double[n];
    double[] second = new double[n];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    Arrays.fill(second, Double.POSITIVE_INFINITY);
    int[] own = new int[n];
    for (int c = 0; c < k; c++) {
      for (int i = 0; i < n; i++) {
        double distance = toCentres[c][i];
        if (distance < nearest[i]) {
          second[i] = nearest[i];
          nearest[i] = distance;
          own[i] = c;
        } else {
          second[i] = Math.min(second[i], distance);
        }
      }
    }
    double[] distances = new double[n];
    int drawn = draw(nearest, random);
    squaredDistances(drawn, distances);
    double[] loss = new double[k];
    for (int i = 0; i < n; i++) {
      loss[own[i]] +=
          weights[i] * (Math.min(second[i], distances[i]) - Math.min(nearest[i], distances[i]));
    }
    int missedLeast = 0;
    for (int c = 1; c < k; c++) {
      missedLeast = loss[c] < loss[missedLeast] ? c : missedLeast;
    }
    return new Swap(missedLeast, drawn);
  }

  /**
   * The points of a greedy k-means++ start.
   *
   * @param k at most the number of distinct points with a positive weight
   */
  int[] start(int k, SplittableRandom random) {
    int n = points.length;
    int[] centres = new int[k];
    double[] nearest = new double[n];
    Arrays.fill(nearest, 1);
    centres[0] = draw(nearest, random);
    squaredDistances(centres[0], nearest);
    int candidates = 2 + (int) Math.log(k);
    double[] distances = new double[n];
    double[] bestDistances = new double[n];
    for (int c = 1; c < k; c++) {
      double bestSum = Double.POSITIVE_INFINITY;
      int best = 0;
      for (int candidate = 0; candidate < candidates; candidate++) {
        int drawn = draw(nearest, random);
        squaredDistances(drawn, distances);
        double sum = 0;
        for (int i = 0; i < n; i++) {
          distances[i] = Math.min(distances[i], nearest[i]);
          sum += weights[i] * distances[i];
        }
        if (sum < bestSum) {
          bestSum = sum;
          best = drawn;
          double[] swapped = bestDistances;
          bestDistances = distances;
          distances = swapped;
        }
      }
      centres[c] = best;
      double[] swapped = nearest;
      nearest = bestDistances;
      bestDistances = swapped;
    }
    return centres;
  }

  /** Draws a point with probability proportional to its weighted squared distance. */
  private int draw(double[] squared, SplittableRandom random) {
    double total = 0;
    for (int i = 0; i < squared.length; i++) {
      total += weights[i] * squared[i];
    }
    double place = random.nextDouble() * total;
    double sum = 0;
    int last = 0;
    for (int i = 0; i < squared.length; i++) {
      double share = weights[i] * squared[i];
      if (share > 0) {
        sum += share;
        last = i;
        if (sum > place) {
          return i;
        }
      }
    }
    return last;
  }
}
