package org.surmala.dsp;

import java.util.Arrays;

/**
 * Mean, standard deviation and skewness of the columns of a table. Population formulas: σ² = Σ(x −
 * μ)²/n, skewness = m₃/σ³. Not safe for use by several threads; allocates nothing after
 * construction.
 */
public final class Moments {
  /**
   * Smallest deviation relative to the mean: below it, a series counts as constant, with skewness
   * 0.
   */
  private static final double CONSTANT = 1e-6;

  private final double[] mean;
  private final double[] deviation;
  private final double[] skewness;

  /** Moments of at most the given number of series. */
  public Moments(int series) {
    mean = new double[series];
    deviation = new double[series];
    skewness = new double[series];
  }

  /**
   * Measures all series; without rows, all values are 0.
   *
   * @param table row by row, {@code width} values each
   * @param rows the rows that count
   * @param from index in {@code rows} of the first one
   * @param to index after the last one
   */
  public void measure(float[] table, int width, int[] rows, int from, int to) {
    int count = to - from;
    Arrays.fill(mean, 0, width, 0);
    Arrays.fill(deviation, 0, width, 0);
    Arrays.fill(skewness, 0, width, 0);
    if (count < 1) {
      return;
    }
    for (int row = from; row < to; row++) {
      int start = rows[row] * width;
      for (int i = 0; i < width; i++) {
        mean[i] += table[start + i];
      }
    }
    for (int i = 0; i < width; i++) {
      mean[i] /= count;
    }
    for (int row = from; row < to; row++) {
      int start = rows[row] * width;
      for (int i = 0; i < width; i++) {
        double off = table[start + i] - mean[i];
        double square = off * off;
        deviation[i] += square;
        skewness[i] += square * off;
      }
    }
    for (int i = 0; i < width; i++) {
      double sigma = Math.sqrt(deviation[i] / count);
      deviation[i] = sigma;
      boolean constant = sigma <= CONSTANT * Math.abs(mean[i]) || sigma < Float.MIN_NORMAL;
      skewness[i] = constant ? 0 : skewness[i] / count / (sigma * sigma * sigma);
    }
  }

  /** Arithmetic mean of a series. */
  public double mean(int series) {
    return mean[series];
  }

  /** Standard deviation of a series. */
  public double deviation(int series) {
    return deviation[series];
  }

  /** Skewness of a series; 0 for a constant. */
  public double skewness(int series) {
    return skewness[series];
  }
}
