package org.surmala.metric;

/**
 * Points near to a query.
 *
 * @param points their numbers
 * @param squares their squared Euclidean distances, in the same order
 */
// Carries arrays; never compared.
@SuppressWarnings("ArrayRecordComponent")
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
