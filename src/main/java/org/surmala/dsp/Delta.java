package org.surmala.dsp;

/**
 * Local slope of a series of frames: a polynomial is fitted to each frame's neighbourhood by least
 * squares and derived (Savitzky and Golay 1964). Frames closer to an end than half the
 * neighbourhood have the slope of the outermost full neighbourhood, as {@code
 * librosa.feature.delta} with its defaults.
 */
public final class Delta {
  private final double[] weights;

  /**
   * Fits a line for the first derivative (order 1), a parabola for the second (order 2); their
   * derivatives are constant over the neighbourhood.
   *
   * @param width frames of a neighbourhood: odd, at least 3
   * @param order order of the derivative, 1 or 2
   */
  public Delta(int width, int order) {
    if (width < 3 || width % 2 == 0) {
      throw new IllegalArgumentException(
          "the delta width must be odd and at least 3, not " + width);
    }
    if (order < 1 || order > 2) {
      throw new IllegalArgumentException("the delta order must be 1 or 2, not " + order);
    }
    int reach = width / 2;
    double squares = 0;
    double fourths = 0;
    for (int i = -reach; i <= reach; i++) {
      squares += (double) i * i;
      fourths += (double) i * i * i * i;
    }
    double determinant = width * fourths - squares * squares;
    weights = new double[width];
    for (int j = 0; j < width; j++) {
      double i = j - reach;
      weights[j] = order == 1 ? i / squares : 2 * (width * i * i - squares) / determinant;
    }
  }

  /** Frames of a neighbourhood, and minimum length of a series. */
  public int width() {
    return weights.length;
  }

  /**
   * The slope at each frame, per frame (order 1) or per frame squared (order 2).
   *
   * @param in frame by frame, {@code dimensions} values each
   * @param out receives the same number of values
   * @throws IllegalArgumentException for fewer frames than the width
   */
  public void apply(float[] in, int frames, int dimensions, float[] out) {
    int width = weights.length;
    if (frames < width) {
      throw new IllegalArgumentException(
          "a slope over " + width + " frames needs at least as many, not " + frames);
    }
    for (int frame = 0; frame < frames; frame++) {
      int first = Math.min(Math.max(frame - width / 2, 0), frames - width);
      for (int d = 0; d < dimensions; d++) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
          sum += weights[j] * in[(first + j) * dimensions + d];
        }
        out[frame * dimensions + d] = (float) sum;
      }
    }
  }
}
