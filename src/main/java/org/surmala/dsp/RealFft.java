package org.surmala.dsp;

/**
 * Discrete Fourier transform of real samples in double precision, for a fixed power-of-two size.
 *
 * <p>X[k] = Σₙ x[n]·exp(−2πi·k·n/N) for k = 0 … N/2, without scaling (as {@code numpy.fft.rfft}).
 * The N real samples are treated as N/2 complex ones, transformed by the radix-4 Stockham algorithm
 * (autosort: no bit reversal) and separated by symmetry.
 *
 * <p>Not safe for use by several threads; a transform allocates nothing.
 */
public final class RealFft {
  private final int size;
  private final int half;
  private final double[][] twiddles;
  private final double[] splitCosine;
  private final double[] splitSine;
  private final double[] re0;
  private final double[] im0;
  private final double[] re1;
  private final double[] im1;

  /**
   * Plans transforms.
   *
   * @param size samples in a transform: a power of two, at least 4
   * @throws IllegalArgumentException for another size
   */
  public RealFft(int size) {
    if (size < 4 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(
          "the FFT size must be a power of two of at least 4, not " + size);
    }
    this.size = size;
    this.half = size / 2;
    int stages = (Integer.numberOfTrailingZeros(half) + 1) / 2;
    twiddles = new double[stages][];
    int length = half;
    for (int stage = 0; length >= 4; stage++, length /= 4) {
      twiddles[stage] = radix4Twiddles(length);
    }
    splitCosine = new double[half / 2 + 1];
    splitSine = new double[half / 2 + 1];
    for (int k = 0; k <= half / 2; k++) {
      splitCosine[k] = Math.cos(2 * Math.PI * k / size);
      splitSine[k] = Math.sin(2 * Math.PI * k / size);
    }
    re0 = new double[half];
    im0 = new double[half];
    re1 = new double[half];
    im1 = new double[half];
  }

  private static double[] radix4Twiddles(int length) {
    int quarter = length / 4;
    double[] table = new double[6 * quarter];
    for (int p = 0; p < quarter; p++) {
      for (int power = 1; power <= 3; power++) {
        double angle = -2 * Math.PI * power * p / length;
        table[6 * p + 2 * (power - 1)] = Math.cos(angle);
        table[6 * p + 2 * (power - 1) + 1] = Math.sin(angle);
      }
    }
    return table;
  }

  /** Samples in a transform, N. */
  public int size() {
    return size;
  }

  /** Bins of a spectrum: N/2 + 1, from 0 Hz to half the sample rate. */
  public int bins() {
    return half + 1;
  }

  /**
   * The spectrum of N samples.
   *
   * @param samples at least N; not changed
   * @param real receives the real parts, {@link #bins()} of them
   * @param imaginary receives the imaginary parts, {@link #bins()} of them
   */
  public void transform(double[] samples, double[] real, double[] imaginary) {
    boolean inFirst = complexTransform(samples);
    double[] zr = inFirst ? re0 : re1;
    double[] zi = inFirst ? im0 : im1;
    real[0] = zr[0] + zi[0];
    imaginary[0] = 0;
    real[half] = zr[0] - zi[0];
    imaginary[half] = 0;
    for (int k = 1; k <= half / 2; k++) {
      int mirror = half - k;
      double evenR = 0.5 * (zr[k] + zr[mirror]);
      double evenI = 0.5 * (zi[k] - zi[mirror]);
      double oddR = 0.5 * (zi[k] + zi[mirror]);
      double oddI = 0.5 * (zr[mirror] - zr[k]);
      double turnedR = oddR * splitCosine[k] + oddI * splitSine[k];
      double turnedI = oddI * splitCosine[k] - oddR * splitSine[k];
      real[k] = evenR + turnedR;
      imaginary[k] = evenI + turnedI;
      real[mirror] = evenR - turnedR;
      imaginary[mirror] = turnedI - evenI;
    }
  }

  /**
   * The power spectrum |X[k]|² of N samples, with one pass less than {@link #transform}.
   *
   * @param samples at least N; not changed
   * @param power receives {@link #bins()} values
   */
  public void power(double[] samples, double[] power) {
    boolean inFirst = complexTransform(samples);
    double[] zr = inFirst ? re0 : re1;
    double[] zi = inFirst ? im0 : im1;
    double sum = zr[0] + zi[0];
    double difference = zr[0] - zi[0];
    power[0] = sum * sum;
    power[half] = difference * difference;
    for (int k = 1; k <= half / 2; k++) {
      int mirror = half - k;
      double evenR = zr[k] + zr[mirror];
      double evenI = zi[k] - zi[mirror];
      double oddR = zi[k] + zi[mirror];
      double oddI = zr[mirror] - zr[k];
      double turnedR = oddR * splitCosine[k] + oddI * splitSine[k];
      double turnedI = oddI * splitCosine[k] - oddR * splitSine[k];
      double plusR = evenR + turnedR;
      double plusI = evenI + turnedI;
      double minusR = evenR - turnedR;
      double minusI = turnedI - evenI;
      power[k] = 0.25 * (plusR * plusR + plusI * plusI);
      power[mirror] = 0.25 * (minusR * minusR + minusI * minusI);
    }
  }

  /**
   * Transforms even samples as real and odd ones as imaginary parts; returns whether the result is
   * in (re0, im0) or in (re1, im1).
   */
  private boolean complexTransform(double[] samples) {
    if (half == 2) {
      re0[0] = samples[0] + samples[2];
      im0[0] = samples[1] + samples[3];
      re0[1] = samples[0] - samples[2];
      im0[1] = samples[1] - samples[3];
      return true;
    }
    firstRadix4(samples);
    double[] xr = re1;
    double[] xi = im1;
    double[] yr = re0;
    double[] yi = im0;
    int length = half / 4;
    int stride = 4;
    for (int stage = 1; length > 1; stage++) {
      if (length > 4) {
        radix4(length, stride, twiddles[stage], xr, xi, yr, yi);
      } else if (length == 4) {
        lastRadix4(stride, xr, xi, yr, yi);
      } else {
        lastRadix2(stride, xr, xi, yr, yi);
      }
      double[] swap = xr;
      xr = yr;
      yr = swap;
      swap = xi;
      xi = yi;
      yi = swap;
      length /= 4;
      stride *= 4;
    }
    return xr == re0;
  }

  /** The stage of stride 1, from interleaved samples into (re1, im1). */
  private void firstRadix4(double[] samples) {
    double[] yr = re1;
    double[] yi = im1;
    double[] table = twiddles[0];
    int quarter = half / 4;
    int step = half / 2;
    for (int p = 0; p < quarter; p++) {
      double ar = samples[2 * p];
      double ai = samples[2 * p + 1];
      double br = samples[2 * p + step];
      double bi = samples[2 * p + step + 1];
      double cr = samples[2 * p + 2 * step];
      double ci = samples[2 * p + 2 * step + 1];
      double dr = samples[2 * p + 3 * step];
      double di = samples[2 * p + 3 * step + 1];
      double sumAcR = ar + cr;
      double sumAcI = ai + ci;
      double diffAcR = ar - cr;
      double diffAcI = ai - ci;
      double sumBdR = br + dr;
      double sumBdI = bi + di;
      double diffBdR = br - dr;
      double diffBdI = bi - di;
      double t1r = diffAcR + diffBdI;
      double t1i = diffAcI - diffBdR;
      double t2r = sumAcR - sumBdR;
      double t2i = sumAcI - sumBdI;
      double t3r = diffAcR - diffBdI;
      double t3i = diffAcI + diffBdR;
      double c1 = table[6 * p];
      double s1 = table[6 * p + 1];
      double c2 = table[6 * p + 2];
      double s2 = table[6 * p + 3];
      double c3 = table[6 * p + 4];
      double s3 = table[6 * p + 5];
      yr[4 * p] = sumAcR + sumBdR;
      yi[4 * p] = sumAcI + sumBdI;
      yr[4 * p + 1] = t1r * c1 - t1i * s1;
      yi[4 * p + 1] = t1r * s1 + t1i * c1;
      yr[4 * p + 2] = t2r * c2 - t2i * s2;
      yi[4 * p + 2] = t2r * s2 + t2i * c2;
      yr[4 * p + 3] = t3r * c3 - t3i * s3;
      yi[4 * p + 3] = t3r * s3 + t3i * c3;
    }
  }

  /** The stage of length 4, whose twiddles are all 1. */
  private static void lastRadix4(int stride, double[] xr, double[] xi, double[] yr, double[] yi) {
    for (int q = 0; q < stride; q++) {
      double ar = xr[q];
      double ai = xi[q];
      double br = xr[q + stride];
      double bi = xi[q + stride];
      double cr = xr[q + 2 * stride];
      double ci = xi[q + 2 * stride];
      double dr = xr[q + 3 * stride];
      double di = xi[q + 3 * stride];
      double sumAcR = ar + cr;
      double sumAcI = ai + ci;
      double diffAcR = ar - cr;
      double diffAcI = ai - ci;
      double sumBdR = br + dr;
      double sumBdI = bi + di;
      double diffBdR = br - dr;
      double diffBdI = bi - di;
      yr[q] = sumAcR + sumBdR;
      yi[q] = sumAcI + sumBdI;
      yr[q + stride] = diffAcR + diffBdI;
      yi[q + stride] = diffAcI - diffBdR;
      yr[q + 2 * stride] = sumAcR - sumBdR;
      yi[q + 2 * stride] = sumAcI - sumBdI;
      yr[q + 3 * stride] = diffAcR - diffBdI;
      yi[q + 3 * stride] = diffAcI + diffBdR;
    }
  }

  private static void radix4(
      int length, int stride, double[] table, double[] xr, double[] xi, double[] yr, double[] yi) {
    int quarter = length / 4;
    int step = stride * quarter;
    for (int p = 0; p < quarter; p++) {
      double c1 = table[6 * p];
      double s1 = table[6 * p + 1];
      double c2 = table[6 * p + 2];
      double s2 = table[6 * p + 3];
      double c3 = table[6 * p + 4];
      double s3 = table[6 * p + 5];
      int in = stride * p;
      int out = 4 * in;
      for (int q = 0; q < stride; q++) {
        int a = in + q;
        double ar = xr[a];
        double ai = xi[a];
        double br = xr[a + step];
        double bi = xi[a + step];
        double cr = xr[a + 2 * step];
        double ci = xi[a + 2 * step];
        double dr = xr[a + 3 * step];
        double di = xi[a + 3 * step];
        double sumAcR = ar + cr;
        double sumAcI = ai + ci;
        double diffAcR = ar - cr;
        double diffAcI = ai - ci;
        double sumBdR = br + dr;
        double sumBdI = bi + di;
        double diffBdR = br - dr;
        double diffBdI = bi - di;
        int z = out + q;
        yr[z] = sumAcR + sumBdR;
        yi[z] = sumAcI + sumBdI;
        double t1r = diffAcR + diffBdI;
        double t1i = diffAcI - diffBdR;
        yr[z + stride] = t1r * c1 - t1i * s1;
        yi[z + stride] = t1r * s1 + t1i * c1;
        double t2r = sumAcR - sumBdR;
        double t2i = sumAcI - sumBdI;
        yr[z + 2 * stride] = t2r * c2 - t2i * s2;
        yi[z + 2 * stride] = t2r * s2 + t2i * c2;
        double t3r = diffAcR - diffBdI;
        double t3i = diffAcI + diffBdR;
        yr[z + 3 * stride] = t3r * c3 - t3i * s3;
        yi[z + 3 * stride] = t3r * s3 + t3i * c3;
      }
    }
  }

  private static void lastRadix2(int stride, double[] xr, double[] xi, double[] yr, double[] yi) {
    for (int q = 0; q < stride; q++) {
      yr[q] = xr[q] + xr[q + stride];
      yi[q] = xi[q] + xi[q + stride];
      yr[q + stride] = xr[q] - xr[q + stride];
      yi[q + stride] = xi[q] - xi[q + stride];
    }
  }
}
