package org.surmala.cluster;

import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/** The directions along which points vary independently. */
final class PrincipalAxes {
  /** Variances below this share of the largest are rounding. */
  private static final double NEGLIGIBLE = 1e-12;

  private final double[] mean;
  private final Matrix axes;
  private final double[] variances;

  private PrincipalAxes(double[] mean, Matrix axes, double[] variances) {
    this.mean = mean;
    this.axes = axes;
    this.variances = variances;
  }

  /** The axes of two points or more. */
  static PrincipalAxes of(double[][] points) {
    int n = points.length;
    double[] mean = new double[points[0].length];
    for (double[] point : points) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += point[d] / n;
      }
    }
    Matrix covariance = Matrix.of(centred(points, mean)).ata();
    covariance.uplo(UPLO.LOWER);
    Matrix.EVD eigen = covariance.eigen(false, true, true);
    double[] variances = new double[mean.length];
    for (int d = 0; d < mean.length; d++) {
      variances[d] = eigen.wr[d] / n;
    }
    return new PrincipalAxes(mean, eigen.Vr, variances);
  }

  /** Points in the coordinates of the axes, the mean at the origin. */
  double[][] turned(double[][] points) {
    return Matrix.of(centred(points, mean)).mm(axes).toArray();
  }

  /** The same with variance one along each axis; an axis without variance is left at 0. */
  double[][] whitened(double[][] points) {
    double largest = 0;
    for (double variance : variances) {
      largest = Math.max(largest, variance);
    }
    double[][] turned = turned(points);
    for (double[] row : turned) {
      for (int d = 0; d < row.length; d++) {
        boolean isFlat = variances[d] <= largest * NEGLIGIBLE;
        row[d] = isFlat ? 0 : row[d] / Math.sqrt(variances[d]);
      }
    }
    return turned;
  }

  private static double[][] centred(double[][] points, double[] mean) {
    double[][] centred = new double[points.length][mean.length];
    for (int i = 0; i < points.length; i++) {
      for (int d = 0; d < mean.length; d++) {
        centred[i][d] = points[i][d] - mean[d];
      }
    }
    return centred;
  }
}
