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
  /** How many there are. */
  public int size() {
    return points.length;
  }

  /** Distance of one of them. */
  public double distance(int rank) {
    return Math.sqrt(squares[rank]);
  }
}
