package org.surmala.cluster;

import java.util.Arrays;

/**
 * Maximum-weight assignment of rows to columns (Kuhn 1955, Munkres 1957), by shortest augmenting
 * paths with potentials: O(n³) time, O(n²) memory.
 */
final class HungarianMatching {
  private HungarianMatching() {}

  /**
   * Assigns rows to columns.
   *
   * @param weights rows of the same length, finite
   * @return the column of each row; -1 for a row without a column, if there are more rows than
   *     columns. Ties are broken deterministically.
   */
  static int[] heaviest(double[][] weights) {
    int rows = weights.length;
    int columns = rows == 0 ? 0 : weights[0].length;
    int n = Math.max(rows, columns);
    // Indices start at 1; 0 means free.
    double[] rowPotential = new double[n + 1];
    double[] columnPotential = new double[n + 1];
    int[] rowOf = new int[n + 1];
    int[] previous = new int[n + 1];
    for (int row = 1; row <= n; row++) {
      rowOf[0] = row;
      int column = 0;
      double[] least = new double[n + 1];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      boolean[] used = new boolean[n + 1];
      do {
        used[column] = true;
        int from = rowOf[column];
        double delta = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int c = 1; c <= n; c++) {
          if (!used[c]) {
            boolean real = from <= rows && c <= columns;
            double cost = real ? -weights[from - 1][c - 1] : 0;
            double reduced = cost - rowPotential[from] - columnPotential[c];
            if (reduced < least[c]) {
              least[c] = reduced;
              previous[c] = column;
            }
            if (least[c] < delta) {
              delta = least[c];
              next = c;
            }
          }
        }
        for (int c = 0; c <= n; c++) {
          if (used[c]) {
            rowPotential[rowOf[c]] += delta;
            columnPotential[c] -= delta;
          } else {
            least[c] -= delta;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      while (column != 0) {
        rowOf[column] = rowOf[previous[column]];
        column = previous[column];
      }
    }
    int[] columnOf = new int[rows];
    Arrays.fill(columnOf, -1);
    for (int c = 1; c <= columns; c++) {
      if (rowOf[c] <= rows) {
        columnOf[rowOf[c] - 1] = c - 1;
      }
    }
    return columnOf;
  }
}
