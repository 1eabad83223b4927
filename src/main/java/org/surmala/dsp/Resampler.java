package org.surmala.dsp;

import java.util.ArrayList;
import java.util.List;

/**
 * Changes the sample rate of a signal: band-limited interpolation with a linear-phase windowed sinc
 * (J. O. Smith, "Digital audio resampling", 2002), of the quality of the field's reference, libsoxr
 * HQ.
 *
 * <p>Below 0.913 of the lower of the two Nyquist frequencies the gain is 1 within 0.001 dB; from
 * the lower Nyquist frequency on everything is more than 105 dB down. Between them the gain falls
 * as libsoxr's does. Output sample i is the signal at the time i / to: nothing is delayed. The
 * signal is zero before its start and after its end. Rates of four times the target or more are
 * first halved repeatedly by short filters.
 *
 * <p>Immutable; safe for use by several threads. Construction computes the filters, which takes
 * milliseconds, so reuse instances.
 */
public final class Resampler {
  /** The lowest supported rate, Hz. */
  public static final int MIN_RATE = 1_000;

  /** The highest supported rate, Hz. */
  public static final int MAX_RATE = 1_000_000;

  /** End of the pass band, as a share of the lower Nyquist frequency: libsoxr HQ's. */
  private static final double PASS = 0.9136;

  /** Largest table of all phases, in weights; above it, phases are interpolated. */
  private static final int MAX_BANK = 1 << 19;

  /** Longest frame that stays in the cache. */
  private static final int MAX_FRAME = 1 << 11;

  private final int from;
  private final int to;
  private final List<ResamplerStage> stages;

  /**
   * @param from rate of the input, Hz
   * @param to rate of the output, Hz
   * @throws IllegalArgumentException if a rate is outside {@link #MIN_RATE} to {@link #MAX_RATE}
   */
  public Resampler(int from, int to) {
    checkRate("from", from);
    checkRate("to", to);
    this.from = from;
    this.to = to;
    this.stages = stages(from, to);
  }

  /**
   * Checks a rate.
   *
   * @param name name for messages
   * @throws IllegalArgumentException if it is outside {@link #MIN_RATE} to {@link #MAX_RATE}
   */
  public static void checkRate(String name, int rate) {
    if (rate < MIN_RATE || rate > MAX_RATE) {
      throw new IllegalArgumentException(
          name + " must be " + MIN_RATE + " to " + MAX_RATE + " Hz, and is " + rate);
    }
  }

  /** Rates are in fractions of a hertz, so that halving an odd rate is exact. */
  private static List<ResamplerStage> stages(long from, long to) {
    if (from == to) {
      return List.of();
    }
    List<ResamplerStage> stages = new ArrayList<>();
    long scaledTo = to;
    while (from >= 4 * scaledTo) {
      double band = 0.5 * scaledTo / from;
      stages.add(new ResamplerPolyphase(1, 2, ResamplerFilter.between(band, 0.5 - band)));
      scaledTo *= 2;
    }
    double nyquist = 0.5 * Math.min(1, (double) scaledTo / from);
    ResamplerFilter filter = ResamplerFilter.between(PASS * nyquist, nyquist);
    long divisor = greatestCommonDivisor(from, scaledTo);
    long up = scaledTo / divisor;
    long down = from / divisor;
    stages.add(
        up * filter.taps() <= MAX_BANK && down <= MAX_FRAME
            ? new ResamplerPolyphase((int) up, (int) down, filter)
            : new ResamplerInterpolated(from, scaledTo, filter));
    return List.copyOf(stages);
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /** Rate of the input, Hz. */
  public int from() {
    return from;
  }

  /** Rate of the output, Hz. */
  public int to() {
    return to;
  }

  /**
   * Number of output samples: ceil(samples · to / from).
   *
   * @throws ArithmeticException if an array cannot hold them
   */
  public int lengthOf(int samples) {
    return Math.toIntExact(((long) samples * to + from - 1) / from);
  }

  /**
   * Resamples a signal to a new array of {@link #lengthOf} samples. Values that are not finite
   * spread over the filter's length.
   */
  public float[] resample(float[] samples) {
    if (stages.isEmpty()) {
      return samples.clone();
    }
    int wanted = lengthOf(samples.length);
    float[] signal = samples;
    int origin = 0;
    for (int i = 0; i < stages.size() - 1; i++) {
      ResamplerStage stage = stages.get(i);
      // The filter's ringing beyond both ends is part of the next stage's input.
      int first = -(origin + stage.reach()) / 2;
      int end = (signal.length - origin + stage.reach()) / 2 + 1;
      signal = stage.apply(signal, origin, first, end - first);
      origin = -first;
    }
    return stages.get(stages.size() - 1).apply(signal, origin, 0, wanted);
  }
}
