package org.surmala.nn;

/**
 * Rows of numbers, one for each song, ascending by song id: what a representation is fitted on. The
 * rows may be in memory or elsewhere; they are read one at a time.
 */
public interface Table {
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

  /**
   * A table over an array, which is not copied.
   *
   * @param columns at least 1
   * @param values row by row
   * @throws IllegalArgumentException when the values do not fill whole rows
   */
  static Table of(int columns, float[] values) {
    if (columns < 1 || values.length % columns != 0) {
      throw new IllegalArgumentException(
          values.length + " values do not fill rows of " + columns + " columns");
    }
    return new Table() {
      @Override
      public int rows() {
        return values.length / columns;
      }

      @Override
      public int columns() {
        return columns;
      }

      @Override
      public void read(int row, float[] into, int offset) {
        System.arraycopy(values, row * columns, into, offset, columns);
      }
    };
  }
}
