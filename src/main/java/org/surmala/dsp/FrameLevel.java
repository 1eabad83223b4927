package org.surmala.dsp;

/** Measures of a sound's own samples, frame by frame: level and sign changes. */
public final class FrameLevel {
  /** Samples no further from 0 than this count as 0, which counts as positive. */
  private static final float ZERO = 1e-10f;

  private final int size;
  private final int hop;

  /**
   * Frames as {@link Stft} has them.
   *
   * @param size samples in a frame
   * @param hop samples from one frame's centre to the next
   */
  public FrameLevel(int size, int hop) {
    this.size = size;
    this.hop = hop;
  }

  /**
   * Root mean square of a frame, silence beyond the sound's ends ({@code librosa.feature.rms} of
   * samples).
   */
  public double rms(float[] samples, int length, int index) {
    int start = index * hop - size / 2;
    int to = Math.min(length, start + size);
    double sum = 0;
    for (int n = Math.max(0, start); n < to; n++) {
      sum += (double) samples[n] * samples[n];
    }
    return Math.sqrt(sum / size);
  }

  /**
   * Sign changes within a frame for each of its samples, 0 to 1; beyond its ends the sound keeps
   * its outermost samples ({@code librosa.feature.zero_crossing_rate}).
   */
  public double zeroCrossingRate(float[] samples, int length, int index) {
    int start = index * hop - size / 2;
    int from = Math.max(0, start);
    int to = Math.min(length, start + size);
    int crossings = 0;
    for (int n = from + 1; n < to; n++) {
      crossings += samples[n] < -ZERO != samples[n - 1] < -ZERO ? 1 : 0;
    }
    return (double) crossings / size;
  }
}
