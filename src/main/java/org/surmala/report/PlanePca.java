package org.surmala.report;

import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * Rows in the plane of their first two principal components. The sign of each component is that
 * which makes its largest loading positive.
 *
 * @param coordinates [n][2]
 * @param spread largest absolute coordinate; 0 when all rows are the same
 */
// Carries arrays; never compared.
@SuppressWarnings("ArrayRecordComponent")
record PlanePca(double[][] coordinates, double spread) {

  /** Projects rows [n][d], n and d at least 1, by the eigenvectors of their covariance. */
  static PlanePca of(double[][] rows) {
    int n = rows.length;
    int d = rows[0].length;
    double[] mean = new double[d];
    for (double[] row : rows) {
      for (int j = 0; j < d; j++) {
        mean[j] += row[j] / n;
      }
    }
    double[][] covariance = new double[d][d];
    double[] centred = new double[d];
    for (double[] row : rows) {
      for (int j = 0; j < d; j++) {
        centred[j] = row[j] - mean[j];
      }
      for (int j = 0; j < d; j++) {
        for (int l = 0; l <= j; l++) {
          covariance[j][l] += centred[j] * centred[l];
        }
      }
    }
    for (int j = 0; j < d; j++) {
      for (int l = 0; l < j; l++) {
        covariance[l][j] = covariance[j][l];
      }
    }
    double[][] axes = axes(covariance);
    double[][] coordinates = new double[n][2];
    double spread = 0;
    for (int i = 0; i < n; i++) {
      for (int axis = 0; axis < axes.length; axis++) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          sum += (rows[i][j] - mean[j]) * axes[axis][j];
        }
        coordinates[i][axis] = sum;
        spread = Math.max(spread, Math.abs(sum));
      }
    }
    return new PlanePca(coordinates, spread);
  }

  private static double[][] axes(double[][] covariance) {
    int d = covariance.length;
    if (d == 1) {
      return new double[][] {{1}};
    }
    Matrix matrix = Matrix.of(covariance);
    matrix.uplo(UPLO.LOWER);
    Matrix.EVD eigen = matrix.eigen(false, true, true).sort();
    double[][] axes = new double[2][d];
    for (int axis = 0; axis < 2; axis++) {
      double largest = 0;
      for (int j = 0; j < d; j++) {
        axes[axis][j] = eigen.Vr.get(j, axis);
        if (Math.abs(axes[axis][j]) > Math.abs(largest)) {
          largest = axes[axis][j];
        }
      }
      if (largest < 0) {
        for (int j = 0; j < d; j++) {
          axes[axis][j] = -axes[axis][j];
        }
      }
    }
    return axes;
  }
}
