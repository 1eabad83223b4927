package org.surmala.model;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The training set of a representation: rows of numbers, one or several adjacent ones for each
 * song, ascending by song id. The rows may be in memory or on disk; they are read one at a time.
 */
public interface TrainingRows {
  /** Number of rows. */
  int rows();

  /** Number of values in a row. */
  int columns();

  /**
   * Copies a row.
   *
   * @param row from 0
   * @param into receives {@link #columns()} values from {@code offset} on
   */
  void read(int row, float[] into, int offset);

  /** The index of a row's song, from 0, increasing by one from song to song. */
  default int songOf(int row) {
    return row;
  }

  /** Number of songs. */
  default int songs() {
    return rows() == 0 ? 0 : songOf(rows() - 1) + 1;
  }

  /** The lyrics of a row's song; null without lyrics, or if they were not requested. */
  default @Nullable String lyrics(int row) {
    return null;
  }

  /** The label of a row's song for a conditional model; null as for {@link #lyrics}. */
  default @Nullable String label(int row) {
    return null;
  }

  /**
   * Vectors of the windows of a row's song, with the columns of the table; none without windows, or
   * if they were not requested.
   */
  default List<float[]> windows(int row) {
    return List.of();
  }

  /** Number of bands if rows are images, {@code bands × frames}, row by row; 1 for vectors. */
  default int bands() {
    return 1;
  }

  /** A map from row to row. */
  @FunctionalInterface
  interface RowMap {
    /** Reads {@code from} and writes {@code into} from {@code offset} on. */
    void apply(int row, float[] from, float[] into, int offset);
  }

  /**
   * This table with a map of that many values applied to every row: computed once, and stored in
   * the same place and for as long as this table.
   */
  default TrainingRows mapped(int columns, RowMap map) {
    float[] all = new float[Math.multiplyExact(rows(), columns)];
    float[] row = new float[columns()];
    for (int r = 0; r < rows(); r++) {
      read(r, row, 0);
      map.apply(r, row, all, r * columns);
    }
    return of(columns, all, this::songOf);
  }

  /**
   * The same songs with at most the given number of rows per song, 0 for all, spread evenly; this
   * table itself if no song has more.
   */
  default TrainingRows thinned(int most) {
    IntStream.Builder kept = IntStream.builder();
    for (int first = 0; first < rows(); ) {
      int end = first + 1;
      while (end < rows() && songOf(end) == songOf(first)) {
        end++;
      }
      int from = first;
      InputSpec.spread(end - first, most).forEach(i -> kept.add(from + i));
      first = end;
    }
    int[] rows = kept.build().toArray();
    return rows.length == rows() ? this : new RowSubset(this, rows);
  }

  /**
   * A table over an array, which is not copied, with one row per song.
   *
   * @param columns at least 1
   * @param values row by row
   * @throws IllegalArgumentException if the values do not fill whole rows
   */
  static TrainingRows of(int columns, float[] values) {
    return of(columns, values, row -> row);
  }

  /**
   * A table over an array, which is not copied.
   *
   * @param columns at least 1
   * @param values row by row
   * @param songOf the song of each row, as {@link #songOf}
   * @throws IllegalArgumentException if the values do not fill whole rows
   */
  static TrainingRows of(int columns, float[] values, IntUnaryOperator songOf) {
    if (columns < 1 || values.length % columns != 0) {
      throw new IllegalArgumentException(
          values.length + " values do not fill rows of " + columns + " columns");
    }
    return new TrainingRows() {
      @Override
      public int rows() {
        return values.length / columns;
      }

      @Override
      public int columns() {
        return columns;
      }

      @Override
      public int songOf(int row) {
        return songOf.applyAsInt(row);
      }

      @Override
      public void read(int row, float[] into, int offset) {
        System.arraycopy(values, row * columns, into, offset, columns);
      }
    };
  }
}
