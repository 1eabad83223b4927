package org.surmala.dsp;

/**
 * Tonal centroid: the position of a chord on the circles of fifths, minor thirds and major thirds
 * (Harte, Sandler and Gasser 2006; {@code librosa.feature.tonnetz}).
 */
public final class Tonnetz {
  /** Coordinates: sine and cosine on each of the three circles. */
  public static final int COORDINATES = 6;

  private static final double[] INTERVALS = {7.0 / 6, 7.0 / 6, 3.0 / 2, 3.0 / 2, 2.0 / 3, 2.0 / 3};
  private static final double[] RADII = {1, 1, 1, 1, 0.5, 0.5};

  private final double[][] basis = new double[COORDINATES][ChromaFilterbank.CLASSES];

  /** Builds the circles. */
  public Tonnetz() {
    for (int i = 0; i < COORDINATES; i++) {
      for (int pitch = 0; pitch < ChromaFilterbank.CLASSES; pitch++) {
        // A cosine shifted by a quarter turn gives the sine.
        double turn = INTERVALS[i] * pitch - (i % 2 == 0 ? 0.5 : 0);
        basis[i][pitch] = RADII[i] * Math.cos(Math.PI * turn);
      }
    }
  }

  /**
   * Computes the coordinates; silence is at 0.
   *
   * @param chroma twelve values from {@code from} on, none negative
   * @param out receives six coordinates from {@code to} on, −1 to 1
   */
  public void apply(float[] chroma, int from, float[] out, int to) {
    double sum = 0;
    for (int pitch = 0; pitch < ChromaFilterbank.CLASSES; pitch++) {
      sum += chroma[from + pitch];
    }
    double scale = sum < Float.MIN_NORMAL ? 1 : 1 / sum;
    for (int i = 0; i < COORDINATES; i++) {
      double value = 0;
      for (int pitch = 0; pitch < ChromaFilterbank.CLASSES; pitch++) {
        value += basis[i][pitch] * chroma[from + pitch];
      }
      out[to + i] = (float) (value * scale);
    }
  }
}
