package org.surmala.dsp;

/** The Hann window: w[n] = ½ − ½·cos(2πn/period). */
public final class HannWindow {
  private HannWindow() {}

  /**
   * The periodic window, whose period is its size of 1 or more: {@code
   * scipy.signal.get_window("hann", size)}.
   */
  public static double[] periodic(int size) {
    return window(size, size);
  }

  /**
   * The symmetric window of 1 or more weights, whose first and last are 0: {@code
   * numpy.hanning(size)}.
   */
  public static double[] symmetric(int size) {
    return size == 1 ? new double[] {1} : window(size, size - 1);
  }

  private static double[] window(int size, int period) {
    if (size < 1) {
      throw new IllegalArgumentException("a window needs at least 1 weight, not " + size);
    }
    double[] window = new double[size];
    for (int n = 0; n < size; n++) {
      window[n] = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / period);
    }
    return window;
  }
}
