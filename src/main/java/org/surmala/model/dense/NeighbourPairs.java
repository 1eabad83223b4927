package org.surmala.model.dense;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.NearestNeighbours;
import org.surmala.model.linear.WithinSongLda;
import org.surmala.model.nn.EpochShuffler;
import org.surmala.model.nn.SeededRandom;

/**
 * The nearest neighbours of training rows, which the neighbour loss keeps together; no label is
 * used. The search is exact, by Euclidean distance or cosine of the preprocessed values or of their
 * song directions, among at most {@value #MOST_ROWS} evenly spread training rows.
 */
final class NeighbourPairs {
  /**
   * Largest number of rows: O(n²) time and O(n) memory, here some seconds and tens of megabytes.
   */
  static final int MOST_ROWS = 20_000;

  private final int columns;
  private final int rows;
  private final float[] values;
  private final int count;

  /** The {@link #count} nearest training rows of each row. */
  private final int[] ofTraining;

  private final int[] ofValidation;

  /**
   * Finds the neighbours of training and validation rows among the training rows.
   *
   * @param wanted neighbours of each row; fewer if there are fewer other rows
   * @param directions song directions for distances; null for the values themselves
   * @param cosine whether rows are scaled to length 1 first
   */
  NeighbourPairs(
      EpochShuffler epochs,
      int columns,
      int wanted,
      @Nullable WithinSongLda directions,
      boolean cosine) {
    this.columns = columns;
    values = epochs.sample(MOST_ROWS);
    rows = values.length / columns;
    count = Math.min(wanted, rows - 1);
    float[] validation = epochs.validation();
    double[][] training =
        directions == null
            ? rows(values, columns)
            : rows(directions.applied(values), directions.count());
    double[][] held =
        directions == null
            ? rows(validation, columns)
            : rows(directions.applied(validation), directions.count());
    if (cosine) {
      toUnitLength(training);
      toUnitLength(held);
    }
    NearestNeighbours search = NearestNeighbours.of(training);
    ofTraining = nearest(search, training, true);
    ofValidation = nearest(search, held, false);
  }

  /** Copies a random training row to one position, and one of its neighbours to another. */
  void draw(SeededRandom random, float[] row, float[] partner) {
    int anchor = random.below(rows);
    copy(anchor, row);
    copy(count == 0 ? anchor : ofTraining[anchor * count + random.below(count)], partner);
  }

  /** Copies a training row that is a neighbour of a validation row. */
  void drawPartner(int validationRow, SeededRandom random, float[] partner) {
    copy(
        count == 0 ? random.below(rows) : ofValidation[validationRow * count + random.below(count)],
        partner);
  }

  private void copy(int row, float[] into) {
    System.arraycopy(values, row * columns, into, 0, columns);
  }

  /**
   * Indices of the training rows nearest to each query; if the queries are the same rows, none is
   * its own neighbour.
   */
  private int[] nearest(NearestNeighbours search, double[][] queries, boolean same) {
    if (count == 0) {
      return new int[0];
    }
    NearestNeighbours.Pairing wanted =
        same ? NearestNeighbours.Pairing.OTHERS : NearestNeighbours.Pairing.ALL;
    return Arrays.stream(search.nearest(queries, count, wanted))
        .flatMapToInt(near -> Arrays.stream(near.points()))
        .toArray();
  }

  /**
   * Scales rows to length 1, so that Euclidean distance orders by cosine. A row of zeros is
   * unchanged.
   */
  private static void toUnitLength(double[][] rows) {
    for (double[] row : rows) {
      double length = Math.sqrt(Arrays.stream(row).map(value -> value * value).sum());
      for (int i = 0; i < row.length && length > 0; i++) {
        row[i] /= length;
      }
    }
  }

  private static double[][] rows(float[] values, int width) {
    double[][] rows = new double[values.length / width][width];
    for (int i = 0; i < values.length; i++) {
      rows[i / width][i % width] = values[i];
    }
    return rows;
  }
}
