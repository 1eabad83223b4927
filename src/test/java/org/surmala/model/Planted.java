package org.surmala.model;

import org.surmala.model.nn.SeededRandom;

/** Tables with a structure that is known. */
public final class Planted {
  private Planted() {}

  /**
   * Rows around {@code clusters} centres of a plane, put through a random nonlinear map; row r
   * belongs to cluster {@code r % clusters}.
   */
  public static float[] clusters(
      int clusters, int rows, int plane, int columns, double spread, long seed) {
    SeededRandom random = new SeededRandom(seed, 0);
    double[][] centres = new double[clusters][plane];
    for (double[] centre : centres) {
      for (int j = 0; j < plane; j++) {
        centre[j] = 3 * random.gaussian();
      }
    }
    int middle = 32;
    double[][] first = matrix(random, plane, middle);
    double[][] second = matrix(random, middle, columns);
    float[] values = new float[rows * columns];
    double[] place = new double[plane];
    double[] hidden = new double[middle];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < plane; j++) {
        place[j] = centres[r % clusters][j] + spread * random.gaussian();
      }
      for (int m = 0; m < middle; m++) {
        double sum = 0;
        for (int j = 0; j < plane; j++) {
          sum += place[j] * first[j][m];
        }
        hidden[m] = Math.tanh(sum);
      }
      for (int c = 0; c < columns; c++) {
        double sum = 0.05 * random.gaussian();
        for (int m = 0; m < middle; m++) {
          sum += hidden[m] * second[m][c];
        }
        values[r * columns + c] = (float) sum;
      }
    }
    return values;
  }

  private static double[][] matrix(SeededRandom random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.gaussian() / Math.sqrt(rows);
      }
    }
    return matrix;
  }
}
