package org.surmala.model.text;

/** A row of a sparse matrix. */
final class SparseRow {
  private final int[] columns;
  private final float[] values;

  /** The values at the given columns, ascending; neither array is copied. */
  SparseRow(int[] columns, float[] values) {
    this.columns = columns;
    this.values = values;
  }

  /** into += this · matrix, whose rows have {@code width} values. */
  void addTimes(double[] matrix, int width, double[] into) {
    for (int i = 0; i < columns.length; i++) {
      double value = values[i];
      int row = columns[i] * width;
      for (int j = 0; j < width; j++) {
        into[j] += value * matrix[row + j];
      }
    }
  }

  /** matrix += this transposed · row: the outer product. */
  void addOuter(double[] row, double[] matrix) {
    int width = row.length;
    for (int i = 0; i < columns.length; i++) {
      double value = values[i];
      int at = columns[i] * width;
      for (int j = 0; j < width; j++) {
        matrix[at + j] += value * row[j];
      }
    }
  }

  /** into[j] += this · column j of a matrix in floats, whose rows have {@code width} values. */
  void addTimes(float[] matrix, int width, double[] into) {
    for (int i = 0; i < columns.length; i++) {
      double value = values[i];
      int row = columns[i] * width;
      for (int j = 0; j < width; j++) {
        into[j] += value * matrix[row + j];
      }
    }
  }
}
