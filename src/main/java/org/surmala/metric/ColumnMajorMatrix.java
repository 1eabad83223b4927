package org.surmala.metric;

import java.util.Arrays;

/**
 * Points stored dimension by dimension, so that the JIT compiler vectorises the loops for distances
 * from a query to many points. Distances are computed from differences, so that near points lose no
 * precision, unlike with the expansion |x|² − 2xy + |y|².
 */
public final class ColumnMajorMatrix {
  private final int rows;
  private final double[][] columns;

  private ColumnMajorMatrix(int rows, double[][] columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Copies the points.
   *
   * @param points one row for each point, all of the same length
   * @throws IllegalArgumentException if rows differ in length
   */
  public static ColumnMajorMatrix of(double[][] points) {
    int dimensions = points.length == 0 ? 0 : points[0].length;
    double[][] columns = new double[dimensions][points.length];
    for (int row = 0; row < points.length; row++) {
      if (points[row].length != dimensions) {
        throw new IllegalArgumentException(
            "row %s has %s dimensions, row 0 has %s; all rows must be of one length"
                .formatted(row, points[row].length, dimensions));
      }
      for (int d = 0; d < dimensions; d++) {
        columns[d][row] = points[row][d];
      }
    }
    return new ColumnMajorMatrix(points.length, columns);
  }

  /** Number of points. */
  public int rows() {
    return rows;
  }

  /** Number of dimensions. */
  public int dimensions() {
    return columns.length;
  }

  /** Writes a point into {@code out}, whose length is {@link #dimensions()}. */
  public void read(int row, double[] out) {
    for (int d = 0; d < columns.length; d++) {
      out[d] = columns[d][row];
    }
  }

  /** Replaces a point. */
  public void write(int row, double[] point) {
    for (int d = 0; d < columns.length; d++) {
      columns[d][row] = point[d];
    }
  }

  /**
   * Squared Euclidean distances from a query to the points {@code from} (inclusive) to {@code to}
   * (exclusive).
   *
   * @param query of length {@link #dimensions()}
   * @param out the distance to point {@code from + i} goes to {@code out[i]}
   */
  public void squaredDistances(double[] query, int from, int to, double[] out) {
    int count = to - from;
    Arrays.fill(out, 0, count, 0);
    int d = 0;
    // Four dimensions at a time, so that the sums are read and written once for all four.
    for (; d + 4 <= columns.length; d += 4) {
      addFour(
          columns[d],
          columns[d + 1],
          columns[d + 2],
          columns[d + 3],
          from,
          count,
          query[d],
          query[d + 1],
          query[d + 2],
          query[d + 3],
          out);
    }
    for (; d < columns.length; d++) {
      addOne(columns[d], from, count, query[d], out);
    }
  }

  /** Squared distance of two points, bit-identical to {@link #squaredDistances}. */
  public static double squaredDistance(double[] point, double[] query) {
    double sum = 0;
    int d = 0;
    for (; d + 4 <= point.length; d += 4) {
      double d0 = point[d] - query[d];
      double d1 = point[d + 1] - query[d + 1];
      double d2 = point[d + 2] - query[d + 2];
      double d3 = point[d + 3] - query[d + 3];
      sum += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
    }
    for (; d < point.length; d++) {
      double difference = point[d] - query[d];
      sum += difference * difference;
    }
    return sum;
  }

  /** Mean of the points; 0 without points. */
  double[] mean() {
    double[] mean = new double[columns.length];
    for (int d = 0; d < mean.length; d++) {
      mean[d] = rows == 0 ? 0 : Arrays.stream(columns[d]).sum() / rows;
    }
    return mean;
  }

  /** Reads points less the centre, dimension by dimension, and the squared length of each point. */
  void readFloats(int from, int to, double[] centre, float[] out, double[] squares) {
    int count = to - from;
    Arrays.fill(squares, 0, count, 0);
    for (int d = 0; d < columns.length; d++) {
      for (int i = 0; i < count; i++) {
        float value = (float) (columns[d][from + i] - centre[d]);
        out[d * count + i] = value;
        squares[i] += (double) value * value;
      }
    }
  }

  private static void addFour(
      double[] c0,
      double[] c1,
      double[] c2,
      double[] c3,
      int from,
      int count,
      double p0,
      double p1,
      double p2,
      double p3,
      double[] out) {
    for (int i = 0; i < count; i++) {
      double d0 = c0[from + i] - p0;
      double d1 = c1[from + i] - p1;
      double d2 = c2[from + i] - p2;
      double d3 = c3[from + i] - p3;
      out[i] += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
    }
  }

  private static void addOne(double[] column, int from, int count, double p, double[] out) {
    for (int i = 0; i < count; i++) {
      double difference = column[from + i] - p;
      out[i] += difference * difference;
    }
  }
}
