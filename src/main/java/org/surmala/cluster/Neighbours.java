package org.surmala.cluster;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.surmala.metric.Columns;

/** Distances to near points. */
final class Neighbours {
  private Neighbours() {}

  /** For each point the radius within which there are {@code count} points, itself included. */
  static double[] reaches(Columns columns, double[][] points, int count) {
    int n = points.length;
    double[] reaches = new double[n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              double[] distances = new double[n];
              columns.squaredDistances(points[i], 0, n, distances);
              Arrays.sort(distances);
              reaches[i] = Math.sqrt(distances[Math.min(count, n) - 1]);
            });
    return reaches;
  }
}
