package org.surmala.model.text;

import java.util.Arrays;
import java.util.List;
import org.surmala.metric.BlasThreads;
import org.surmala.model.nn.RngStreams;
import org.surmala.model.nn.SeededRandom;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * The largest singular values of a sparse matrix and their right singular vectors, by subspace
 * iteration with a Rayleigh–Ritz step (Halko, Martinsson and Tropp, 2011, algorithms 4.4 and 5.1).
 * The same rows and seed give the same bits.
 */
final class TruncatedSvd {
  private static final int OVERSAMPLE = 8;
  private static final int MOST_ITERATIONS = 20;
  private static final double TOLERANCE = 1e-7;

  private final double[] values;
  private final float[] vectors;

  private TruncatedSvd(double[] values, float[] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * Computes the decomposition.
   *
   * @param rows at least one row
   * @param count number of singular values; fewer if the matrix is smaller, or if they are 0
   */
  static TruncatedSvd of(List<SparseRow> rows, int columns, int count, long seed) {
    BlasThreads.useOneThread();
    int width = Math.min(count + OVERSAMPLE, Math.min(columns, rows.size()));
    SeededRandom noise = new SeededRandom(seed, RngStreams.BASIS);
    double[] basis = new double[columns * width];
    for (int i = 0; i < basis.length; i++) {
      basis[i] = noise.gaussian();
    }
    orthonormalise(basis, columns, width);
    int wanted = Math.min(count, width);
    double[] before = new double[wanted];
    Matrix.EVD ritz = ritz(rows, basis, width);
    for (int iteration = 0; iteration < MOST_ITERATIONS && !settled(before, ritz); iteration++) {
      for (int k = 0; k < wanted; k++) {
        before[k] = ritz.wr[k];
      }
      basis = multiplied(rows, basis, width);
      orthonormalise(basis, columns, width);
      ritz = ritz(rows, basis, width);
    }
    return rotated(ritz, basis, columns, width, wanted);
  }

  /** Singular values, descending. */
  double[] values() {
    return values.clone();
  }

  /**
   * Right singular vectors, columns × values, row by row: orthonormal, with a positive largest
   * entry each.
   */
  float[] vectors() {
    return vectors;
  }

  private static boolean settled(double[] before, Matrix.EVD ritz) {
    for (int k = 0; k < before.length; k++) {
      if (Math.abs(ritz.wr[k] - before[k]) > TOLERANCE * Math.abs(ritz.wr[0])) {
        return false;
      }
    }
    return true;
  }

  /** AᵀA · basis. */
  private static double[] multiplied(List<SparseRow> rows, double[] basis, int width) {
    double[] product = new double[basis.length];
    double[] vector = new double[width];
    for (SparseRow row : rows) {
      Arrays.fill(vector, 0);
      row.addTimes(basis, width, vector);
      row.addOuter(vector, product);
    }
    return product;
  }

  /** Eigenvalues, descending, and vectors of (A · basis)ᵀ(A · basis). */
  private static Matrix.EVD ritz(List<SparseRow> rows, double[] basis, int width) {
    double[][] product = new double[width][width];
    double[] vector = new double[width];
    for (SparseRow row : rows) {
      Arrays.fill(vector, 0);
      row.addTimes(basis, width, vector);
      for (int i = 0; i < width; i++) {
        for (int j = 0; j <= i; j++) {
          product[i][j] += vector[i] * vector[j];
        }
      }
    }
    Matrix matrix = new Matrix(width, width);
    for (int i = 0; i < width; i++) {
      for (int j = 0; j <= i; j++) {
        matrix.set(i, j, product[i][j]);
        matrix.set(j, i, product[i][j]);
      }
    }
    matrix.uplo(UPLO.LOWER);
    return matrix.eigen(false, true, true).sort();
  }

  /** Orthonormalises the columns one after another, twice each (Giraud et al., 2005). */
  private static void orthonormalise(double[] basis, int columns, int width) {
    for (int k = 0; k < width; k++) {
      for (int round = 0; round < 2; round++) {
        for (int other = 0; other < k; other++) {
          double along = 0;
          for (int i = 0; i < columns; i++) {
            along += basis[i * width + k] * basis[i * width + other];
          }
          for (int i = 0; i < columns; i++) {
            basis[i * width + k] -= along * basis[i * width + other];
          }
        }
        double square = 0;
        for (int i = 0; i < columns; i++) {
          square += basis[i * width + k] * basis[i * width + k];
        }
        // The remainder of a direction outside the matrix's range is rounding error: drop it.
        double scale = square > 1e-24 ? 1 / Math.sqrt(square) : 0;
        for (int i = 0; i < columns; i++) {
          basis[i * width + k] *= scale;
        }
      }
    }
  }

  private static TruncatedSvd rotated(
      Matrix.EVD ritz, double[] basis, int columns, int width, int wanted) {
    int count = 0;
    while (count < wanted && ritz.wr[count] > 1e-12 * ritz.wr[0]) {
      count++;
    }
    double[] values = new double[count];
    float[] vectors = new float[columns * count];
    double[] vector = new double[columns];
    for (int k = 0; k < count; k++) {
      values[k] = Math.sqrt(ritz.wr[k]);
      int greatest = 0;
      for (int i = 0; i < columns; i++) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
          sum += basis[i * width + j] * ritz.Vr.get(j, k);
        }
        vector[i] = sum;
        if (Math.abs(sum) > Math.abs(vector[greatest])) {
          greatest = i;
        }
      }
      double sign = vector[greatest] < 0 ? -1 : 1;
      for (int i = 0; i < columns; i++) {
        vectors[i * count + k] = (float) (sign * vector[i]);
      }
    }
    return new TruncatedSvd(values, vectors);
  }
}
