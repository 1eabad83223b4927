package org.surmala.dsp;

/**
 * Level and sign changes of a sound's samples, frame by frame. Frames overlap, so each hop is
 * measured once and summed for its frames. Not safe for use by several threads; allocates only for
 * a sound that is longer than any before.
 */
public final class FrameLevel {
  /** Samples of at most this absolute value count as 0, which counts as positive. */
  private static final float ZERO = 1e-10f;

  private final int size;
  private final int hop;
  private final int unit;

  /** Sum of the squares of each unit. */
  private double[] energy = new double[0];

  /** Sign changes in each unit, including that from the sample before it. */
  private int[] crossings = new int[0];

  private float[] samples = new float[0];
  private int length;

  /**
   * Frames as {@link Stft} has them.
   *
   * @param size samples in a frame, even
   * @param hop samples from one frame's centre to the next
   */
  public FrameLevel(int size, int hop) {
    this.size = size;
    this.hop = hop;
    this.unit = greatestCommonDivisor(size / 2, hop);
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /**
   * Analyses a sound.
   *
   * @param sound full scale 1; must not change while its frames are read
   * @param soundLength number of samples that count
   */
  public void take(float[] sound, int soundLength) {
    samples = sound;
    length = soundLength;
    int units = (length + unit - 1) / unit;
    if (energy.length < units) {
      energy = new double[units];
      crossings = new int[units];
    }
    for (int u = 0; u < units; u++) {
      int from = u * unit;
      int to = Math.min(length, from + unit);
      double sum0 = 0;
      double sum1 = 0;
      int changes = 0;
      boolean before = samples[Math.max(0, from - 1)] < -ZERO;
      for (int n = from; n < to; n++) {
        double value = samples[n];
        boolean below = samples[n] < -ZERO;
        changes += below == before ? 0 : 1;
        before = below;
        if ((n & 1) == 0) {
          sum0 += value * value;
        } else {
          sum1 += value * value;
        }
      }
      energy[u] = sum0 + sum1;
      crossings[u] = changes;
    }
  }

  /**
   * Root mean square of a frame, with silence beyond the sound's ends ({@code librosa.feature.rms}
   * of samples).
   */
  public double rms(int index) {
    double sum = 0;
    int to = endUnit(index);
    for (int u = firstUnit(index); u < to; u++) {
      sum += energy[u];
    }
    return Math.sqrt(sum / size);
  }

  /**
   * Sign changes per sample of a frame, 0 to 1; the sound is extended by its outermost samples
   * ({@code librosa.feature.zero_crossing_rate}).
   */
  public double zeroCrossingRate(int index) {
    int first = firstUnit(index);
    int to = endUnit(index);
    int changes = 0;
    for (int u = first; u < to; u++) {
      changes += crossings[u];
    }
    int start = first * unit;
    if (first < to && start > 0) {
      // The change into the frame is not within it.
      changes -= samples[start] < -ZERO == samples[start - 1] < -ZERO ? 0 : 1;
    }
    return (double) changes / size;
  }

  private int firstUnit(int index) {
    return Math.max(0, index * hop - size / 2) / unit;
  }

  private int endUnit(int index) {
    int end = Math.min(length, index * hop + size / 2);
    return (end + unit - 1) / unit;
  }
}
