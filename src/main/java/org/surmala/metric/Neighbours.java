package org.surmala.metric;

/** Numbers of points near to a query, and their squared Euclidean distances. */
public record Neighbours(int[] points, double[] squares) {
  /** Number of points. */
  public int size() {
    return points.length;
  }

  /** Distance of the point at a rank. */
  public double distance(int rank) {
    return Math.sqrt(squares[rank]);
  }
}
