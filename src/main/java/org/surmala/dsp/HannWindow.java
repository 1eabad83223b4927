package org.surmala.dsp;

/** The Hann window: w[n] = ½ − ½·cos(2πn/N), the weights under which a spectrum is taken. */
public final class HannWindow {
  private HannWindow() {}

  /**
   * The periodic window, as {@code scipy.signal.get_window("hann", size, fftbins=True)}.
   *
   * @param size number of weights, at least 1
   */
  public static double[] periodic(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a window needs at least 1 weight, not " + size);
    }
    double[] window = new double[size];
    for (int n = 0; n < size; n++) {
      window[n] = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / size);
    }
    return window;
  }
}
