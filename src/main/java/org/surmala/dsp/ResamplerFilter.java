package org.surmala.dsp;

/**
 * A low-pass filter for resampling, as a function of continuous time: a sinc under a Kaiser window
 * (J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974). Its
 * unit of time is one sample of the input.
 *
 * @param cutoff where the gain is one half, in cycles per input sample, in (0, 0.5]
 * @param halfWidth half length of the response, in input samples
 * @param beta the window's shape
 */
record ResamplerFilter(double cutoff, int halfWidth, double beta) {
  /**
   * Attenuation of the stop band and, in a Kaiser design, of the pass band's ripple. Chosen so that
   * the transition band has the shape of libsoxr HQ's; less is steeper in the middle.
   */
  private static final double ATTENUATION_DB = 130;

  /**
   * The shortest filter for a transition band.
   *
   * @param pass end of the pass band, cycles per input sample
   * @param stop start of the stop band, cycles per input sample, above {@code pass}
   */
  static ResamplerFilter between(double pass, double stop) {
    double taps = (ATTENUATION_DB - 7.95) / (14.36 * (stop - pass));
    return new ResamplerFilter(
        (pass + stop) / 2, (int) Math.ceil(taps / 2), 0.1102 * (ATTENUATION_DB - 8.7));
  }

  /** Largest number of input samples that an output sample depends on. */
  int taps() {
    return 2 * halfWidth;
  }

  /**
   * The weights of the input samples around an output sample, scaled to sum 1, so that a constant
   * is preserved at every phase.
   *
   * @param fraction position of the output sample after input sample 0, in input samples, in [0, 1)
   * @return the weights of the input samples {@code 1 - halfWidth} to {@code halfWidth}
   */
  float[] weights(double fraction) {
    double[] exact = new double[taps()];
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      exact[i] = at(i + 1 - halfWidth - fraction);
      sum += exact[i];
    }
    float[] weights = new float[exact.length];
    for (int i = 0; i < exact.length; i++) {
      weights[i] = (float) (exact[i] / sum);
    }
    return weights;
  }

  private double at(double time) {
    double position = time / halfWidth;
    if (Math.abs(position) >= 1) {
      return 0;
    }
    double angle = 2 * Math.PI * cutoff * time;
    double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
    return sinc * besselI0(beta * Math.sqrt(1 - position * position));
  }

  /** The modified Bessel function of the first kind and order zero, by its power series. */
  private static double besselI0(double x) {
    double quarter = x * x / 4;
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= quarter / ((double) k * k);
      sum += term;
    }
    return sum;
  }
}
