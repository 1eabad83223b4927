package org.surmala.dsp;

import java.util.Arrays;

/**
 * Changes the rate by a ratio of small whole numbers, with exact weights for each phase.
 *
 * <p>Time is cut into frames, and the samples that have the same place in their frames are laid
 * next to one another in one row. The outputs with the same place in their frames all use the same
 * weights, so one weight multiplies a whole row: a loop that the JIT compiler turns into vector
 * instructions, which it may not do with the sum of products that a single output sample is. For
 * the same reason every row is an array of its own, begins at index 0, and is as long as the
 * others: rows behind the frame's end repeat those at its beginning, one sample further on.
 */
final class ResamplerPolyphase implements ResamplerStage {
  /** Weights that one pass of the inner loop applies; with more than five it is not vectorised. */
  private static final int FUSED = 4;

  /** Frames that are laid out at a time: few enough for the rows to stay in the cache. */
  private static final int BLOCK = 64;

  /** Output and input samples of a frame. */
  private final int up;

  private final int down;

  private final int halfWidth;

  /** Weights of a phase, a multiple of {@link #FUSED}: the filter's, then zeros. */
  private final int taps;

  /** The weights of each phase of the reduced ratio. */
  private final float[][] bank;

  /**
   * @param up output samples for each {@code down} input samples; the ratio is in lowest terms
   */
  ResamplerPolyphase(int up, int down, ResamplerFilter filter) {
    this.halfWidth = filter.halfWidth();
    this.taps = (filter.taps() + FUSED - 1) / FUSED * FUSED;
    this.bank = new float[up][];
    for (int phase = 0; phase < up; phase++) {
      double fraction = (double) ((long) phase * down % up) / up;
      bank[phase] = Arrays.copyOf(filter.weights(fraction), taps);
    }
    // Frames at least as long as the filter keep the repeated rows few. An odd multiple keeps the
    // samples of a row from sharing few sets of the cache when `down` is a power of two.
    int multiple = Math.max(1, taps / down) | 1;
    this.up = up * multiple;
    this.down = down * multiple;
  }

  @Override
  public int reach() {
    return halfWidth;
  }

  @Override
  public float[] apply(float[] input, int origin, int first, int count) {
    float[] output = new float[count];
    float[][] rows = new float[down - 1 + taps][BLOCK];
    float[] sums = new float[BLOCK];
    int end = Math.floorDiv(first + count - 1, up) + 1;
    for (int frame = Math.floorDiv(first, up); frame < end; frame += BLOCK) {
      layOut(input, (long) frame * down + 1 - halfWidth + origin, rows);
      for (int place = 0; place < up; place++) {
        sum(rows, (int) ((long) place * down / up), bank[place % bank.length], sums);
        long index = (long) frame * up + place - first;
        for (int i = 0; i < BLOCK && index < count; i++, index += up) {
          if (index >= 0) {
            output[(int) index] = sums[i];
          }
        }
      }
    }
    return output;
  }

  /** Row r holds every {@code down}-th sample of the input from {@code start} + r on. */
  private void layOut(float[] input, long start, float[][] rows) {
    for (int r = 0; r < rows.length; r++) {
      float[] row = rows[r];
      int done = 0;
      if (r >= down) {
        System.arraycopy(rows[r - down], 1, row, 0, BLOCK - 1);
        done = BLOCK - 1;
      }
      long from = start + r + (long) done * down;
      for (int i = done; i < BLOCK; i++, from += down) {
        row[i] = from >= 0 && from < input.length ? input[(int) from] : 0;
      }
    }
  }

  /** The weighted sum of the rows from {@code first} on. */
  private static void sum(float[][] rows, int first, float[] weights, float[] sums) {
    Arrays.fill(sums, 0);
    for (int w = 0, r = first; w < weights.length; w += FUSED, r += FUSED) {
      accumulate(
          rows[r],
          rows[r + 1],
          rows[r + 2],
          rows[r + 3],
          weights[w],
          weights[w + 1],
          weights[w + 2],
          weights[w + 3],
          sums);
    }
  }

  private static void accumulate(
      float[] row0,
      float[] row1,
      float[] row2,
      float[] row3,
      float weight0,
      float weight1,
      float weight2,
      float weight3,
      float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight0 * row0[i] + weight1 * row1[i] + weight2 * row2[i] + weight3 * row3[i];
    }
  }
}
