package org.surmala.metric;

import java.util.Arrays;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * Streaming mean and covariance of rows, with constant memory. Rows are collected in blocks; each
 * block is centred on its own mean, multiplied by BLAS, and merged with the earlier blocks (Chan,
 * Golub and LeVeque 1979), so that a mean far from 0 loses no precision. The same rows in the same
 * order give the same bits.
 */
public final class Covariance {
  private static final int BLOCK = 256;

  private final double[] mean;
  private final double[][] scatter;
  private final double[][] block;
  private int filled;
  private long count;

  /** An empty covariance for rows with the given number of values. */
  public Covariance(int columns) {
    BlasThreads.useOneThread();
    mean = new double[columns];
    scatter = new double[columns][columns];
    block = new double[BLOCK][columns];
  }

  /** Adds a row. */
  public void add(double[] row) {
    System.arraycopy(row, 0, block[filled++], 0, mean.length);
    if (filled == BLOCK) {
      merge();
    }
  }

  /** Adds a row that starts at an offset of an array. */
  public void add(float[] values, int offset) {
    for (int j = 0; j < mean.length; j++) {
      block[filled][j] = values[offset + j];
    }
    filled++;
    if (filled == BLOCK) {
      merge();
    }
  }

  /** Mean of the rows; 0 without rows. */
  public double[] mean() {
    merge();
    return mean.clone();
  }

  /** The population covariance of the rows, at least one: {@link #over} their number. */
  public Matrix matrix() {
    return over((double) count + filled);
  }

  /** The scatter matrix (sum of outer products of centred rows) over a positive divisor. */
  public Matrix over(double divisor) {
    merge();
    Matrix covariance = new Matrix(mean.length, mean.length);
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        covariance.set(i, j, scatter[i][j] / divisor);
      }
    }
    return covariance.uplo(UPLO.LOWER);
  }

  private void merge() {
    if (filled == 0) {
      return;
    }
    int columns = mean.length;
    double[] own = new double[columns];
    for (int row = 0; row < filled; row++) {
      for (int j = 0; j < columns; j++) {
        own[j] += block[row][j] / filled;
      }
    }
    for (int row = 0; row < filled; row++) {
      for (int j = 0; j < columns; j++) {
        block[row][j] -= own[j];
      }
    }
    Matrix products = Matrix.of(Arrays.copyOf(block, filled)).ata();
    double share = (double) count * filled / (count + filled);
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        // Mirror the lower half, so that the sum is exactly symmetric.
        double product = products.get(Math.max(i, j), Math.min(i, j));
        scatter[i][j] += product + share * ((own[i] - mean[i]) * (own[j] - mean[j]));
      }
    }
    for (int j = 0; j < columns; j++) {
      mean[j] += (own[j] - mean[j]) * filled / (count + filled);
    }
    count += filled;
    filled = 0;
  }
}
