package org.surmala.dsp;

import java.util.Arrays;

/**
 * Resamples by a ratio of small whole numbers, with exact weights for each phase.
 *
 * <p>Time is divided into frames, and the samples at the same position in their frames form a row.
 * Outputs at the same position use the same weights, so that one weight multiplies a whole row: a
 * loop that the JIT compiler vectorises, unlike the dot product of a single output sample. For the
 * same reason every row is a separate array of equal length that starts at index 0; rows after the
 * frame's end repeat those at its start, one sample later.
 *
 * <p>All rows together exceed the first-level cache, so a few rows at a time are added to all
 * outputs that use them.
 */
final class ResamplerPolyphase implements ResamplerStage {
  /** Weights per pass of the inner loop; with more than five it is not vectorised. */
  private static final int FUSED = 4;

  /** Frames that are laid out at a time: many, since the ends of a row are not vectorised. */
  private static final int BLOCK = 512;

  /** Rows used at a time: with their sums, they fit into the first-level cache. */
  private static final int TILE = 8;

  /** Smallest number of input samples per frame, to limit repeated rows. */
  private static final int MIN_FRAME = 64;

  /** Output and input samples of a frame. */
  private final int up;

  private final int down;

  private final int halfWidth;

  /** Number of rows of a block. */
  private final int rows;

  /** For each output of a frame, the first row that it uses: a multiple of {@link #FUSED}. */
  private final int[] firstRows;

  /** For each output of a frame, the weights of its rows, padded with zeros. */
  private final float[][] bank;

  /**
   * @param up output samples for each {@code down} input samples; the ratio is in lowest terms
   */
  ResamplerPolyphase(int up, int down, ResamplerFilter filter) {
    this.halfWidth = filter.halfWidth();
    // An odd multiple prevents the samples of a row from competing for a few cache sets if `down`
    // is a power of two.
    int multiple = Math.max(1, MIN_FRAME / down) | 1;
    this.up = up * multiple;
    this.down = down * multiple;
    this.firstRows = new int[this.up];
    this.bank = new float[this.up][];
    int end = 0;
    for (int phase = 0; phase < up; phase++) {
      float[] weights = filter.weights((double) ((long) phase * down % up) / up);
      for (int place = phase; place < this.up; place += up) {
        int start = (int) ((long) place * down / up);
        firstRows[place] = start - start % FUSED;
        bank[place] = padded(weights, start % FUSED);
        end = Math.max(end, firstRows[place] + bank[place].length);
      }
    }
    this.rows = end;
  }

  /** The weights with zeros before and after them, to a multiple of {@link #FUSED}. */
  private static float[] padded(float[] weights, int before) {
    float[] padded = new float[(before + weights.length + FUSED - 1) / FUSED * FUSED];
    System.arraycopy(weights, 0, padded, before, weights.length);
    return padded;
  }

  @Override
  public int reach() {
    return halfWidth;
  }

  @Override
  public float[] apply(float[] input, int origin, int first, int count) {
    float[] output = new float[count];
    float[][] block = new float[rows][BLOCK];
    float[][] sums = new float[up][BLOCK];
    int end = Math.floorDiv(first + count - 1, up) + 1;
    for (int frame = Math.floorDiv(first, up); frame < end; frame += BLOCK) {
      layOut(input, (long) frame * down + 1 - halfWidth + origin, block);
      sum(block, sums);
      for (int place = 0; place < up; place++) {
        long index = (long) frame * up + place - first;
        for (int i = 0; i < BLOCK && index < count; i++, index += up) {
          if (index >= 0) {
            output[(int) index] = sums[place][i];
          }
        }
      }
    }
    return output;
  }

  /** Fills row r with every {@code down}-th input sample from {@code start} + r on. */
  private void layOut(float[] input, long start, float[][] block) {
    for (int r = 0; r < block.length; r++) {
      float[] row = block[r];
      int done = 0;
      if (r >= down) {
        System.arraycopy(block[r - down], 1, row, 0, BLOCK - 1);
        done = BLOCK - 1;
      }
      long from = start + r + (long) done * down;
      for (int i = done; i < BLOCK; i++, from += down) {
        row[i] = from >= 0 && from < input.length ? input[(int) from] : 0;
      }
    }
  }

  /** The weighted sums of the rows, for each output of a frame. */
  private void sum(float[][] block, float[][] sums) {
    for (float[] ofPlace : sums) {
      Arrays.fill(ofPlace, 0);
    }
    for (int tile = 0; tile < rows; tile += TILE) {
      for (int place = 0; place < up; place++) {
        int first = firstRows[place];
        float[] weights = bank[place];
        int end = Math.min(tile + TILE, first + weights.length);
        for (int r = Math.max(tile, first); r < end; r += FUSED) {
          int w = r - first;
          accumulate(
              block[r],
              block[r + 1],
              block[r + 2],
              block[r + 3],
              weights[w],
              weights[w + 1],
              weights[w + 2],
              weights[w + 3],
              sums[place]);
        }
      }
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
