package org.surmala.dsp;

/**
 * Discrete Fourier transform of real samples in double precision, for a fixed power-of-two size.
 *
 * <p>X[k] = Σₙ x[n]·exp(−2πi·k·n/N) for k = 0 … N/2, without scaling (as {@code numpy.fft.rfft}).
 * The N real samples are taken as N/2 complex ones, transformed by the radix-4 Stockham algorithm
 * (autosort: no bit reversal) and separated by symmetry.
 *
 * <p>An instance holds its scratch space and is for one thread at a time; a transform allocates
 * nothing.
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
   * @param samples at least N; left as they are
   * @param real receives the real parts, {@link #bins()} of them
   * @param imaginary receives the imaginary parts, {@link #bins()} of them
   */
  public void transform(double[] samples, double[] real, double[] imaginary) {
    for (int n = 0; n < half; n++) {
      re0[n] = samples[2 * n];
      im0[n] = samples[2 * n + 1];
    }
    boolean inFirst = complexTransform();
    separate(inFirst ? re0 : re1, inFirst ? im0 : im1, real, imaginary);
  }

  /** Transforms (re0, im0); gives whether the result is there again, or in (re1, im1). */
  private boolean complexTransform() {
    double[] xr = re0;
    double[] xi = im0;
    double[] yr = re1;
    double[] yi = im1;
    int length = half;
    int stride = 1;
    for (int stage = 0; length >= 4; stage++) {
      radix4(length, stride, twiddles[stage], xr, xi, yr, yi);
      double[] swap = xr;
      xr = yr;
      yr = swap;
      swap = xi;
      xi = yi;
      yi = swap;
      length /= 4;
      stride *= 4;
    }
    if (length == 2) {
      radix2(stride, xr, xi, yr, yi);
      xr = yr;
    }
    return xr == re0;
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

  private static void radix2(int stride, double[] xr, double[] xi, double[] yr, double[] yi) {
    for (int q = 0; q < stride; q++) {
      yr[q] = xr[q] + xr[q + stride];
      yi[q] = xi[q] + xi[q + stride];
      yr[q + stride] = xr[q] - xr[q + stride];
      yi[q + stride] = xi[q] - xi[q + stride];
    }
  }

  /** Separates the spectra of the even and odd samples, and joins them to that of all. */
  private void separate(double[] zr, double[] zi, double[] real, double[] imaginary) {
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
}
