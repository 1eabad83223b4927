package org.surmala.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Whether neighbours on a map are neighbours in truth (Venna and Kaski 2001). */
public final class Trustworthiness {
  private Trustworthiness() {}

  /**
   * Trustworthiness, 0 to 1: 1 less a penalty for each point among a point's {@code neighbours}
   * nearest on the map that is not among them in the original space, by how far down its rank there
   * is. Equal to {@code sklearn.manifold.trustworthiness} 1.2.1 (Euclidean). Time grows with n² log
   * n, memory with n per thread.
   *
   * @param points the original, one row for each point
   * @param map where each point is drawn, in the same order
   * @param neighbours k, from 1 to below n / 2
   * @throws IllegalArgumentException when k is out of range or the tables differ in length
   */
  public static double of(double[][] points, double[][] map, int neighbours) {
    int n = points.length;
    if (map.length != n) {
      throw new IllegalArgumentException(
          n + " points, but " + map.length + " on the map; they must be as many");
    }
    if (neighbours < 1 || 2 * neighbours >= n) {
      throw new IllegalArgumentException(
          "neighbours is "
              + neighbours
              + "; it must be from 1 to less than half of the "
              + n
              + " points");
    }
    Columns original = Columns.of(points);
    Columns drawn = Columns.of(map);
    long[] penalties = new long[n];
    IntStream.range(0, n)
        .parallel()
        .forEach(i -> penalties[i] = penalty(original, points, drawn, map, i, neighbours));
    double sum = Arrays.stream(penalties).sum();
    return 1 - sum * (2.0 / ((double) n * neighbours * (2.0 * n - 3.0 * neighbours - 1)));
  }

  private static long penalty(
      Columns original, double[][] points, Columns drawn, double[][] map, int i, int neighbours) {
    int[] inTruth = others(original, points[i], i);
    int[] rank = new int[points.length];
    for (int r = 0; r < inTruth.length; r++) {
      rank[inTruth[r]] = r + 1;
    }
    int[] onMap = others(drawn, map[i], i);
    long penalty = 0;
    for (int j = 0; j < neighbours; j++) {
      penalty += Math.max(0, rank[onMap[j]] - neighbours);
    }
    return penalty;
  }

  /** All points but i, the nearest first; ties by index. */
  private static int[] others(Columns columns, double[] place, int i) {
    double[] distances = new double[columns.rows()];
    columns.squaredDistances(place, 0, columns.rows(), distances);
    return IntStream.range(0, distances.length)
        .filter(j -> j != i)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer j) -> distances[j]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
