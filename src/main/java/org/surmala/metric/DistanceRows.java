package org.surmala.metric;

/**
 * How far songs lie from one song: any measure of distance that ranks them. Safe for use by several
 * threads.
 */
@FunctionalInterface
public interface DistanceRows {
  /**
   * Distances of every song to one of them; only their order counts.
   *
   * @param song its number
   * @return a new array with one for each song, none of them NaN
   */
  double[] of(int song);

  /** Squared Euclidean distances between points. */
  static DistanceRows euclidean(double[][] points) {
    ColumnMajorMatrix columns = ColumnMajorMatrix.of(points);
    return song -> {
      double[] squares = new double[points.length];
      columns.squaredDistances(points[song], 0, squares.length, squares);
      return squares;
    };
  }
}
