package org.surmala.decode;

import java.util.Arrays;

/** The level of a window, as mean squares of blocks of 100 ms. */
final class BlockLevels {
  static final int BLOCKS_PER_SECOND = 10;

  /** Power ratio of a gap to the song: -50 dB. */
  private static final double GAP_RATIO = 1e-5;

  private static final int GAP_BLOCKS = 10 * BLOCKS_PER_SECOND;
  private static final int EDGE_BLOCKS = BLOCKS_PER_SECOND;

  /** -45 dB: the middle of most songs is louder. */
  private static final double QUIET = Math.pow(10, -4.5);

  /** -70 dB: a song below this level is silent. */
  private static final double SILENT = 1e-7;

  private double[] powers = new double[1024];
  private int count;

  /** The levels of decoded samples. */
  static BlockLevels of(SampleBuffer samples, long from, long to, int sampleRate) {
    BlockLevels levels = new BlockLevels();
    levels.add(samples, from, to, blockSamples(sampleRate));
    return levels;
  }

  static int blockSamples(int sampleRate) {
    return Math.max(1, sampleRate / BLOCKS_PER_SECOND);
  }

  void add(SampleBuffer samples, long from, long to, int block) {
    for (long at = from; at < to; at += block) {
      if (count == powers.length) {
        powers = Arrays.copyOf(powers, 2 * count);
      }
      powers[count++] = samples.power(at, Math.min(to, at + block));
    }
  }

  int count() {
    return count;
  }

  /**
   * The power of the block at half of the total energy, with blocks sorted by power. Neither the
   * length of a gap nor a single click changes it.
   */
  double level() {
    double[] sorted = Arrays.copyOf(powers, count);
    Arrays.sort(sorted);
    double half = Arrays.stream(sorted).sum() / 2;
    double audio = 0;
    for (double power : sorted) {
      audio += power;
      if (audio >= half) {
        return power;
      }
    }
    return 0;
  }

  boolean sounds() {
    return level() > SILENT;
  }

  /** The blocks in gaps: runs of 10 s or more in which each block is 50 dB below the level. */
  boolean[] gaps() {
    return runs(GAP_BLOCKS, GAP_BLOCKS);
  }

  /** Whether this window may overlap a gap. */
  boolean hintAtGap() {
    if (level() < QUIET) {
      return true;
    }
    for (boolean quiet : runs(GAP_BLOCKS, EDGE_BLOCKS)) {
      if (quiet) {
        return true;
      }
    }
    return false;
  }

  /** Whether a level is 50 dB below that of this window. */
  boolean isGap(double power) {
    return power < level() * GAP_RATIO;
  }

  private boolean[] runs(int inside, int atEdge) {
    double threshold = level() * GAP_RATIO;
    boolean[] in = new boolean[count];
    int begin = 0;
    for (int i = 0; i <= count; i++) {
      if (i == count || powers[i] >= threshold) {
        int least = begin == 0 || i == count ? atEdge : inside;
        if (i - begin >= least) {
          Arrays.fill(in, begin, i, true);
        }
        begin = i + 1;
      }
    }
    return in;
  }
}
