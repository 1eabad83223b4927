package org.surmala.dsp;

/**
 * Centroid, bandwidth, roll-off and flatness of a spectrum, as librosa's functions with these names
 * and their defaults. Not safe for use by several threads.
 */
public final class SpectralShape {
  /** Share of the magnitude that lies below the roll-off. */
  public static final double ROLL_OFF = 0.85;

  /** Number of factors of the geometric mean that are multiplied per logarithm. */
  private static final int FACTORS = 16;

  private static final int BLOCK = 32;

  private final double binWidth;
  private final double[] blockSums;
  private double centroid;
  private double bandwidth;
  private double rollOff;
  private double flatness;

  /**
   * Prepares the analysis.
   *
   * @param sampleRate Hz
   * @param fftSize samples in the frames
   */
  public SpectralShape(int sampleRate, int fftSize) {
    binWidth = (double) sampleRate / fftSize;
    blockSums = new double[(fftSize / 2 + BLOCK) / BLOCK];
  }

  /**
   * Measures one frame.
   *
   * @param power |X|² of each bin
   * @param magnitude |X| of each bin
   */
  public void measure(double[] power, double[] magnitude) {
    int bins = magnitude.length;
    // Sums per block: the roll-off is then searched in one block, and the sums are independent.
    double sum = 0;
    double moment = 0;
    double square = 0;
    for (int block = 0; block < blockSums.length; block++) {
      int from = block * BLOCK;
      int to = Math.min(bins, from + BLOCK);
      double sum0 = 0;
      double sum1 = 0;
      double moment0 = 0;
      double moment1 = 0;
      double square0 = 0;
      double square1 = 0;
      int k = from;
      for (; k + 1 < to; k += 2) {
        double m0 = magnitude[k];
        double m1 = magnitude[k + 1];
        double km0 = k * m0;
        double km1 = (k + 1) * m1;
        sum0 += m0;
        sum1 += m1;
        moment0 += km0;
        moment1 += km1;
        square0 += k * km0;
        square1 += (k + 1) * km1;
      }
      if (k < to) {
        sum0 += magnitude[k];
        moment0 += k * magnitude[k];
        square0 += (double) k * k * magnitude[k];
      }
      blockSums[block] = sum0 + sum1;
      sum += sum0 + sum1;
      moment += moment0 + moment1;
      square += square0 + square1;
    }
    if (sum < Float.MIN_NORMAL) {
      centroid = 0;
      bandwidth = 0;
      rollOff = 0;
    } else {
      double middle = moment / sum;
      centroid = middle * binWidth;
      bandwidth = Math.sqrt(Math.max(0, square / sum - middle * middle)) * binWidth;
      rollOff = binWith(ROLL_OFF * sum, magnitude) * binWidth;
    }
    flatness = flatness(power);
  }

  /** The first bin up to which the magnitudes sum to {@code wanted}. */
  private int binWith(double wanted, double[] magnitude) {
    double below = 0;
    int block = 0;
    while (block < blockSums.length - 1 && below + blockSums[block] < wanted) {
      below += blockSums[block];
      block++;
    }
    int bin = block * BLOCK;
    below += magnitude[bin];
    while (below < wanted && bin < magnitude.length - 1) {
      bin++;
      below += magnitude[bin];
    }
    return bin;
  }

  private static double flatness(double[] power) {
    int bins = power.length;
    double sum0 = 0;
    double sum1 = 0;
    double logarithms = 0;
    int k = 0;
    while (k < bins) {
      // Sixteen factors of 1e-10 to 1e19 neither underflow nor overflow, and save fifteen
      // logarithms.
      int to = Math.min(bins, k + 2 * FACTORS);
      double product0 = 1;
      double product1 = 1;
      for (; k + 1 < to; k += 2) {
        double p0 = Math.max(Decibels.FLOOR, power[k]);
        double p1 = Math.max(Decibels.FLOOR, power[k + 1]);
        sum0 += p0;
        sum1 += p1;
        product0 *= p0;
        product1 *= p1;
      }
      if (k < to) {
        double p0 = Math.max(Decibels.FLOOR, power[k]);
        sum0 += p0;
        product0 *= p0;
        k++;
      }
      logarithms += Math.log(product0) + Math.log(product1);
    }
    return Math.exp(logarithms / bins) / ((sum0 + sum1) / bins);
  }

  /** Centre of mass of the magnitudes, Hz; 0 in silence ({@code spectral_centroid}). */
  public double centroid() {
    return centroid;
  }

  /** Standard deviation around the centroid, Hz; 0 in silence ({@code spectral_bandwidth}). */
  public double bandwidth() {
    return bandwidth;
  }

  /**
   * Frequency with 85 % of the magnitude at or below it, Hz; 0 in silence ({@code
   * spectral_rolloff}).
   */
  public double rollOff() {
    return rollOff;
  }

  /**
   * Geometric over arithmetic mean of the power, each bin at least 1e-10: near 0 for a tone, 1 for
   * white noise and for silence ({@code spectral_flatness}).
   */
  public double flatness() {
    return flatness;
  }
}
