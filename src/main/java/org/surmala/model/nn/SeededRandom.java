package org.surmala.model.nn;

/**
 * Random numbers that are the same on every Java version and machine: xoshiro256** (Blackman and
 * Vigna, 2018), seeded through SplitMix64; Gaussians by Marsaglia's polar method. The JDK does not
 * specify the algorithm of its Gaussians.
 *
 * <p>Not safe for use by several threads.
 */
public final class SeededRandom {
  /** SplitMix64's increment. */
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long s0;
  private long s1;
  private long s2;
  private long s3;
  private double spare;
  private boolean hasSpare;

  /** A stream; streams of the same seed are independent. */
  public SeededRandom(long seed, long stream) {
    long state = seed + GAMMA * (2 * stream + 1);
    s0 = split(state);
    state += GAMMA;
    s1 = split(state);
    state += GAMMA;
    s2 = split(state);
    state += GAMMA;
    s3 = split(state);
  }

  private static long split(long state) {
    long z = state + GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long next() {
    long result = Long.rotateLeft(s1 * 5, 7) * 9;
    long t = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  /** Uniform in [0, 1). */
  public double uniform() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** Uniform in 0 … bound - 1; the bias is below bound / 2⁶⁴. */
  public int below(int bound) {
    return (int) Math.multiplyHigh(next() >>> 1, (long) bound << 1);
  }

  /** Standard normal. */
  public double gaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    // StrictMath, because Math.log may differ in the last bit between machines.
    double scale = Math.sqrt(-2 * StrictMath.log(square) / square);
    spare = y * scale;
    hasSpare = true;
    return x * scale;
  }

  /** Permutes the first {@code count} entries (Fisher and Yates). */
  public void shuffle(int[] entries, int count) {
    for (int i = count - 1; i > 0; i--) {
      int j = below(i + 1);
      int entry = entries[i];
      entries[i] = entries[j];
      entries[j] = entry;
    }
  }
}
