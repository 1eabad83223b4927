package org.surmala.metric;

import java.util.stream.IntStream;
import smile.math.matrix.Matrix;

/**
 * Principal components (Pearson 1901), in descending order of variance: the eigenvectors of the
 * covariance, by LAPACK. An eigenvector's sign is arbitrary; its largest entry is made positive,
 * the first one in a tie.
 */
public final class PrincipalComponents {
  /** Variances below this share of the largest are rounding. */
  private static final double NEGLIGIBLE = 1e-12;

  private final double[] mean;
  private final double[] variances;
  private final double[][] axes;

  private PrincipalComponents(double[] mean, double[] variances, double[][] axes) {
    this.mean = mean;
    this.variances = variances;
    this.axes = axes;
  }

  /** Components of one or more points. */
  public static PrincipalComponents of(double[][] points) {
    Covariance covariance = new Covariance(points[0].length);
    for (double[] point : points) {
      covariance.add(point);
    }
    return of(covariance);
  }

  /** Components of a covariance with at least one row. */
  public static PrincipalComponents of(Covariance covariance) {
    return of(covariance.mean(), covariance.matrix());
  }

  /** Components of a mean and a symmetric covariance. */
  public static PrincipalComponents of(double[] mean, Matrix covariance) {
    BlasThreads.useOneThread();
    Matrix.EVD eigen = covariance.eigen(false, true, true).sort();
    int columns = mean.length;
    double[][] axes = new double[columns][columns];
    for (int k = 0; k < columns; k++) {
      int greatest = 0;
      for (int j = 1; j < columns; j++) {
        if (Math.abs(eigen.Vr.get(j, k)) > Math.abs(eigen.Vr.get(greatest, k))) {
          greatest = j;
        }
      }
      double sign = eigen.Vr.get(greatest, k) < 0 ? -1 : 1;
      for (int j = 0; j < columns; j++) {
        axes[k][j] = sign * eigen.Vr.get(j, k);
      }
    }
    return new PrincipalComponents(mean, eigen.wr.clone(), axes);
  }

  /** Variance along each direction, descending. */
  public double[] variances() {
    return variances.clone();
  }

  /** A direction of length one; 0 is that of the largest variance. */
  public double[] axis(int k) {
    return axes[k].clone();
  }

  /** Coordinates of points along the first directions, 1 or more, with the mean at the origin. */
  public double[][] scores(double[][] points, int count) {
    double[][] scores = new double[points.length][count];
    IntStream.range(0, points.length)
        .parallel()
        .forEach(
            i -> {
              for (int k = 0; k < count; k++) {
                double sum = 0;
                for (int j = 0; j < mean.length; j++) {
                  sum += (points[i][j] - mean[j]) * axes[k][j];
                }
                scores[i][k] = sum;
              }
            });
    return scores;
  }

  /**
   * All scores, scaled to variance one along each direction; 0 along directions without variance.
   */
  public double[][] whitened(double[][] points) {
    double[][] whitened = scores(points, mean.length);
    for (double[] row : whitened) {
      for (int k = 0; k < row.length; k++) {
        boolean isFlat = variances[k] <= variances[0] * NEGLIGIBLE;
        row[k] = isFlat ? 0 : row[k] / Math.sqrt(variances[k]);
      }
    }
    return whitened;
  }
}
