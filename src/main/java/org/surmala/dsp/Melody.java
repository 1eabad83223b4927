package org.surmala.dsp;

import java.util.Arrays;

/**
 * Statistics of a melody line: pitch, range, share of voiced frames, and depth of vibrato. All are
 * 0 without any pitch.
 *
 * <p>Vibrato is measured in windows of half a second with a pitch in each frame and no leap: a sine
 * of 4 to 8 Hz is fitted to the detrended pitch by least squares. A window whose sine explains less
 * than half of the remaining variance has a depth of 0.
 *
 * <p>Not safe for use by several threads; allocates only for a sound that is longer than any
 * before.
 */
public final class Melody {
  private static final double WINDOW_SECONDS = 0.5;
  private static final double SLOWEST_VIBRATO = 4;
  private static final double FASTEST_VIBRATO = 8;
  private static final double VIBRATO_STEP = 0.5;

  /** Smallest leap between two frames, in semitones. */
  private static final double LEAP = 1;

  private final double framesPerSecond;
  private final double[] window;
  private float[] sorted = new float[0];
  private double median;
  private double spread;
  private double range;
  private double voiced;
  private double vibrato;

  /** Prepares the analysis. */
  public Melody(double framesPerSecond) {
    this.framesPerSecond = framesPerSecond;
    window = new double[Math.max(8, (int) Math.round(WINDOW_SECONDS * framesPerSecond))];
  }

  /**
   * Measures a line.
   *
   * @param pitches in semitones; NaN without a pitch
   * @param from first frame
   * @param to frame after the last one, greater than {@code from}
   */
  public void measure(float[] pitches, int from, int to) {
    if (sorted.length < to - from) {
      sorted = new float[to - from];
    }
    int count = 0;
    for (int frame = from; frame < to; frame++) {
      if (!Float.isNaN(pitches[frame])) {
        sorted[count++] = pitches[frame];
      }
    }
    Arrays.sort(sorted, 0, count);
    median = quantile(0.5, count);
    spread = quantile(0.75, count) - quantile(0.25, count);
    range = quantile(0.95, count) - quantile(0.05, count);
    voiced = (double) count / (to - from);
    vibrato = meanDepth(pitches, from, to);
  }

  /** A quantile, by linear interpolation. */
  private double quantile(double share, int count) {
    if (count == 0) {
      return 0;
    }
    double place = share * (count - 1);
    int lower = (int) place;
    int upper = Math.min(count - 1, lower + 1);
    return sorted[lower] + (place - lower) * (sorted[upper] - sorted[lower]);
  }

  private double meanDepth(float[] pitches, int from, int to) {
    double sum = 0;
    int windows = 0;
    int start = from;
    for (int frame = from; frame < to; frame++) {
      boolean goesOn =
          !Float.isNaN(pitches[frame])
              && (frame == start || Math.abs(pitches[frame] - pitches[frame - 1]) < LEAP);
      if (!goesOn) {
        // A leap starts a new line.
        start = Float.isNaN(pitches[frame]) ? frame + 1 : frame;
      } else if (frame + 1 - start == window.length) {
        sum += depth(pitches, start);
        windows++;
        start += window.length / 2;
      }
    }
    return windows == 0 ? 0 : sum / windows;
  }

  /** The amplitude of the best sine, in semitones. */
  private double depth(float[] pitches, int start) {
    double power = withoutLine(pitches, start);
    double best = 0;
    for (double rate = SLOWEST_VIBRATO; rate <= FASTEST_VIBRATO; rate += VIBRATO_STEP) {
      best = Math.max(best, amplitudeOf(rate));
    }
    return best * best / 2 * window.length >= power / 2 ? best : 0;
  }

  /** Subtracts the linear trend; returns the sum of squared residuals. */
  private double withoutLine(float[] pitches, int start) {
    int n = window.length;
    double middle = (n - 1) / 2.0;
    double mean = 0;
    double moment = 0;
    for (int i = 0; i < n; i++) {
      mean += pitches[start + i] / n;
      moment += pitches[start + i] * (i - middle);
    }
    double slope = moment / (n * ((double) n * n - 1) / 12);
    double power = 0;
    for (int i = 0; i < n; i++) {
      window[i] = pitches[start + i] - mean - slope * (i - middle);
      power += window[i] * window[i];
    }
    return power;
  }

  /** Amplitude of the best-fitting sine of a given rate in Hz, by the normal equations. */
  private double amplitudeOf(double rate) {
    double cc = 0;
    double ss = 0;
    double cs = 0;
    double c = 0;
    double s = 0;
    for (int i = 0; i < window.length; i++) {
      double angle = 2 * Math.PI * rate * i / framesPerSecond;
      double cos = Math.cos(angle);
      double sin = Math.sin(angle);
      cc += cos * cos;
      ss += sin * sin;
      cs += cos * sin;
      c += cos * window[i];
      s += sin * window[i];
    }
    double determinant = cc * ss - cs * cs;
    return Math.hypot((c * ss - s * cs) / determinant, (s * cc - c * cs) / determinant);
  }

  /** The median pitch, semitones. */
  public double median() {
    return median;
  }

  /** From the first to the third quartile, semitones. */
  public double spread() {
    return spread;
  }

  /** From the 5th to the 95th percentile, semitones. */
  public double range() {
    return range;
  }

  /** Share of the frames that have a pitch, 0 to 1. */
  public double voiced() {
    return voiced;
  }

  /** Mean depth of the vibrato, to one side, semitones. */
  public double vibrato() {
    return vibrato;
  }
}
