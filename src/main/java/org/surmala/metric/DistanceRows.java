package org.surmala.metric;

/**
 * Distances from one song to all songs, by any measure that ranks them. Safe for use by several
 * threads.
 */
@FunctionalInterface
public interface DistanceRows {
  /**
   * Distances of all songs to one of them; only their order matters.
   *
   * @param song index of the song
   * @return a new array with one distance for each song, none of them NaN
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
