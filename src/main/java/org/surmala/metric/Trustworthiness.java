package org.surmala.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Whether neighbours on a map are neighbours in the original space (Venna and Kaski 2001). */
public final class Trustworthiness {
  private Trustworthiness() {}

  /**
   * Trustworthiness, 0 to 1: 1 minus a penalty for each point that is among a point's {@code
   * neighbours} nearest on the map but not in the original space, by its rank there. Equal to
   * {@code sklearn.manifold.trustworthiness} 1.2.1 (Euclidean). O(k n²) time, O(n) memory per
   * thread.
   *
   * @param points original points, one row for each point
   * @param map map coordinates, in the same order
   * @param neighbours k, from 1 to below n / 2
   * @throws IllegalArgumentException if k is out of range or the tables differ in length
   */
  public static double of(double[][] points, double[][] map, int neighbours) {
    return of(points, map, neighbours, IntStream.range(0, points.length).toArray());
  }

  /** The same over one or more judged points; O(n) time for each of them. */
  public static double of(double[][] points, double[][] map, int neighbours, int[] judged) {
    int n = points.length;
    if (map.length != n) {
      throw new IllegalArgumentException(
          n + " points, but " + map.length + " on the map; their numbers must be equal");
    }
    if (neighbours < 1 || 2 * neighbours >= n) {
      throw new IllegalArgumentException(
          "neighbours is %s; it must be from 1 to less than half of the %s points"
              .formatted(neighbours, n));
    }
    Neighbours[] onMap =
        NearestNeighbours.of(map)
            .nearest(
                Arrays.stream(judged).mapToObj(i -> map[i]).toArray(double[][]::new),
                neighbours,
                (query, point) -> judged[query] != point);
    ColumnMajorMatrix original = ColumnMajorMatrix.of(points);
    double sum =
        IntStream.range(0, judged.length)
            .parallel()
            .mapToLong(q -> penalty(original, points[judged[q]], judged[q], onMap[q].points()))
            .sum();
    return 1
        - sum * (2.0 / ((double) judged.length * neighbours * (2.0 * n - 3.0 * neighbours - 1)));
  }

  /** The penalty: the sum of the ranks of some points beyond their number. */
  private static long penalty(ColumnMajorMatrix original, double[] query, int self, int[] points) {
    double[] squares = new double[original.rows()];
    original.squaredDistances(query, 0, squares.length, squares);
    long penalty = 0;
    for (int point : points) {
      int rank = 1;
      for (int other = 0; other < squares.length; other++) {
        boolean isNearer =
            squares[other] < squares[point] || (squares[other] == squares[point] && other < point);
        rank += isNearer && other != self ? 1 : 0;
      }
      penalty += Math.max(0, rank - points.length);
    }
    return penalty;
  }
}
