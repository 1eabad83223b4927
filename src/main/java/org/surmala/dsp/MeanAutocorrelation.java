package org.surmala.dsp;

import java.util.Arrays;

/**
 * The mean autocorrelation of all Hann windows of a sound, one starting at each sample, each
 * normalised to 1 at lag 0: the mean over time of {@code librosa.feature.tempogram}.
 *
 * <p>With w[n] the window of L samples, zero outside, θ = 2π/L and s[t] the reciprocal of the
 * energy of the window from sample t on, the sum at lag l is Σₘ x[m]·x[m+l]·Σₜ
 * s[t]·w[m−t]·w[m−t+l]. Because w[n+l] = ½(1 − cos θn·cos θl + sin θn·sin θl), the inner sum is
 * B₀[m] + cos θl·B₁[m] + sin θl·B₂[m], where B is s convolved with ½w, −½w·cos θn and ½w·sin θn,
 * the latter periodic, minus the windows that end before m+l: ±B at m+l−L. So six
 * cross-correlations by fast convolution replace one transform per window.
 *
 * <p>Not safe for use by several threads; allocates nothing after construction.
 */
final class MeanAutocorrelation {
  private static final int TERMS = 3;

  /**
   * Windows with less than this share of the largest energy are transformed separately: their large
   * weights would destroy the precision of the others.
   */
  private static final double LEAST_ENERGY = 1e-6;

  private final int lags;
  private final double[] window;
  private final RealFft fft;

  /** Windows per block, to avoid circular wrap-around. */
  private final int block;

  private final double[] scale;
  private final double[] samples;
  private final double[] product;
  private final double[][] basis;
  private final double[][] sumReal;
  private final double[][] sumImaginary;
  private final double[] real;
  private final double[] imaginary;
  private final double[] productReal;
  private final double[] productImaginary;

  /** Prepares the analysis of 4 or more lags, which is also the number of samples per window. */
  MeanAutocorrelation(int lags) {
    this.lags = lags;
    window = HannWindow.periodic(lags);
    int size = Integer.highestOneBit(5 * lags / 2 - 1) * 2;
    fft = new RealFft(size);
    block = size - 2 * lags + 2;
    scale = new double[block];
    samples = new double[size];
    product = new double[size];
    basis = new double[TERMS][block + lags - 1];
    sumReal = new double[TERMS][fft.bins()];
    sumImaginary = new double[TERMS][fft.bins()];
    real = new double[fft.bins()];
    imaginary = new double[fft.bins()];
    productReal = new double[fft.bins()];
    productImaginary = new double[fft.bins()];
  }

  /**
   * Measures a sound. A window without energy counts as 0 at all lags.
   *
   * @param sound at least {@code windows} + L − 1 samples
   * @param windows at least 1
   * @param result receives L values
   */
  void measure(double[] sound, int windows, double[] result) {
    for (int term = 0; term < TERMS; term++) {
      Arrays.fill(sumReal[term], 0);
      Arrays.fill(sumImaginary[term], 0);
    }
    for (int first = 0; first < windows; first += block) {
      add(sound, first, Math.min(block, windows - first));
    }
    Arrays.fill(result, 0, lags, 0);
    for (int term = 0; term < TERMS; term++) {
      inverse(term);
      for (int lag = 0; lag < lags; lag++) {
        double angle = 2 * Math.PI * lag / lags;
        double factor =
            switch (term) {
              case 0 -> 1;
              case 1 -> Math.cos(angle);
              default -> Math.sin(angle);
            };
        result[lag] += factor * (real[lag] + imaginary[lag]) / fft.size() / windows;
      }
    }
  }

  /** Adds the cross-correlations of the windows of a block to the sums, as spectra. */
  private void add(double[] sound, int first, int windows) {
    weigh(sound, first, windows);
    int length = windows + lags - 1;
    System.arraycopy(sound, first, samples, 0, length);
    Arrays.fill(samples, length, samples.length, 0);
    fft.transform(samples, real, imaginary);
    convolve(windows);
    for (int term = 0; term < TERMS; term++) {
      double[] weights = basis[term];
      for (int m = 0; m < length; m++) {
        product[m] = samples[m] * weights[m];
      }
      addProduct(length, term, 1, 1);
      Arrays.fill(product, 0, lags, 0);
      for (int m = lags; m < length; m++) {
        product[m] = samples[m] * weights[m - lags];
      }
      // The other direction of the lag: the conjugate.
      addProduct(length, term, term == 2 ? 1 : -1, -1);
    }
  }

  /** The reciprocal of each window's energy, and 0 for windows without any or added directly. */
  private void weigh(double[] sound, int first, int windows) {
    double largest = 0;
    for (int t = 0; t < windows; t++) {
      scale[t] = energy(sound, first + t);
      largest = Math.max(largest, scale[t]);
    }
    for (int t = 0; t < windows; t++) {
      double energy = scale[t];
      boolean silent = energy < Float.MIN_NORMAL;
      boolean faint = energy < LEAST_ENERGY * largest;
      scale[t] = silent || faint ? 0 : 1 / energy;
      if (faint && !silent) {
        addDirectly(sound, first + t, 1 / energy);
      }
    }
  }

  private double energy(double[] sound, int start) {
    double sum0 = 0;
    double sum1 = 0;
    int n = 0;
    for (; n + 1 < lags; n += 2) {
      double value0 = sound[start + n] * window[n];
      double value1 = sound[start + n + 1] * window[n + 1];
      sum0 += value0 * value0;
      sum1 += value1 * value1;
    }
    if (n < lags) {
      double value = sound[start + n] * window[n];
      sum0 += value * value;
    }
    return sum0 + sum1;
  }

  private void addDirectly(double[] sound, int start, double weight) {
    for (int n = 0; n < lags; n++) {
      product[n] = sound[start + n] * window[n];
    }
    Arrays.fill(product, lags, product.length, 0);
    fft.power(product, productReal);
    for (int k = 0; k < productReal.length; k++) {
      sumReal[0][k] += weight * productReal[k];
    }
  }

  /** The basis functions: recursive convolutions of the weights with 1, e^iθn and e^2iθn. */
  private void convolve(int windows) {
    double cos1 = Math.cos(2 * Math.PI / lags);
    double sin1 = Math.sin(2 * Math.PI / lags);
    double cos2 = Math.cos(4 * Math.PI / lags);
    double sin2 = Math.sin(4 * Math.PI / lags);
    double sum = 0;
    double real1 = 0;
    double imaginary1 = 0;
    double real2 = 0;
    double imaginary2 = 0;
    for (int m = 0; m < windows + lags - 1; m++) {
      double weight = m < windows ? scale[m] : 0;
      double turned1 = real1 * cos1 - imaginary1 * sin1;
      imaginary1 = real1 * sin1 + imaginary1 * cos1;
      real1 = turned1 + weight;
      double turned2 = real2 * cos2 - imaginary2 * sin2;
      imaginary2 = real2 * sin2 + imaginary2 * cos2;
      real2 = turned2 + weight;
      sum += weight;
      basis[0][m] = 0.25 * (sum - real1);
      basis[1][m] = 0.125 * (sum + real2) - 0.25 * real1;
      basis[2][m] = 0.25 * imaginary1 - 0.125 * imaginary2;
    }
  }

  /** Adds ±(product* · samples), or its conjugate, to a sum of spectra. */
  private void addProduct(int length, int term, double sign, double direction) {
    Arrays.fill(product, length, product.length, 0);
    fft.transform(product, productReal, productImaginary);
    double[] sumR = sumReal[term];
    double[] sumI = sumImaginary[term];
    for (int k = 0; k < sumR.length; k++) {
      double r = productReal[k] * real[k] + productImaginary[k] * imaginary[k];
      double i = productReal[k] * imaginary[k] - productImaginary[k] * real[k];
      sumR[k] += sign * r;
      sumI[k] += sign * direction * i;
    }
  }

  /**
   * Computes real + imaginary as the inverse transform of a sum, times the size: the forward
   * transform of the spectrum's real, even parts and its imaginary, odd parts.
   */
  private void inverse(int term) {
    int size = product.length;
    for (int k = 0; k < sumReal[term].length; k++) {
      product[k] = sumReal[term][k] + sumImaginary[term][k];
      product[(size - k) % size] = sumReal[term][k] - sumImaginary[term][k];
    }
    fft.transform(product, real, imaginary);
  }
}
