package org.surmala.dsp;

/**
 * Resamples by any ratio: weights are interpolated linearly between {@value #PHASES} tabulated
 * phases. The error is at most (π / phases)² / 8 of full scale, 106 dB down. Several times slower
 * than {@link ResamplerPolyphase}; for uncommon rates.
 */
final class ResamplerInterpolated implements ResamplerStage {
  static final int PHASES = 512;

  private static final int FUSED = 4;

  private final long from;
  private final long to;
  private final int halfWidth;
  private final int taps;

  /** Weights of {@link #PHASES} + 1 phases. */
  private final float[] bank;

  ResamplerInterpolated(long from, long to, ResamplerFilter filter) {
    this.from = from;
    this.to = to;
    this.halfWidth = filter.halfWidth();
    // One more than the filter's taps: at phase 1 the first weight is zero and the last one is
    // needed.
    this.taps = (filter.taps() + 1 + FUSED - 1) / FUSED * FUSED;
    this.bank = new float[Math.multiplyExact(PHASES + 1, taps)];
    for (int phase = 0; phase < PHASES; phase++) {
      float[] weights = filter.weights((double) phase / PHASES);
      System.arraycopy(weights, 0, bank, phase * taps, weights.length);
    }
    System.arraycopy(bank, 0, bank, PHASES * taps + 1, filter.taps());
  }

  @Override
  public int reach() {
    return halfWidth + 1;
  }

  @Override
  public float[] apply(float[] input, int origin, int first, int count) {
    float[] padded = new float[input.length + 2 * taps];
    System.arraycopy(input, 0, padded, taps, input.length);
    float[] output = new float[count];
    for (int i = 0; i < count; i++) {
      long scaled = (first + (long) i) * from;
      long start = Math.floorDiv(scaled, to) + 1 - halfWidth + origin + taps;
      if (start >= 0 && start + taps <= padded.length) {
        output[i] = sum(padded, (int) start, (double) Math.floorMod(scaled, to) / to);
      }
    }
    return output;
  }

  private float sum(float[] input, int start, double fraction) {
    double position = fraction * PHASES;
    int phase = (int) position;
    float weight = (float) (position - phase);
    int lower = phase * taps;
    int upper = lower + taps;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int i = 0; i < taps; i += FUSED) {
      float b0 = bank[lower + i];
      float b1 = bank[lower + i + 1];
      float b2 = bank[lower + i + 2];
      float b3 = bank[lower + i + 3];
      s0 += (b0 + weight * (bank[upper + i] - b0)) * input[start + i];
      s1 += (b1 + weight * (bank[upper + i + 1] - b1)) * input[start + i + 1];
      s2 += (b2 + weight * (bank[upper + i + 2] - b2)) * input[start + i + 2];
      s3 += (b3 + weight * (bank[upper + i + 3] - b3)) * input[start + i + 3];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
