package org.surmala.decode;

import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Number of songs that this process has decoded, for the progress line: runners show counters only
 * at the end of a bundle.
 */
public final class DecodingProgress {
  private static final AtomicLong DECODED = new AtomicLong();
  private static final AtomicLong FIRST = new AtomicLong();
  private static final double MILLIS = 1e-3;

  private DecodingProgress() {}

  /** Starts a run. */
  public static void begin() {
    DECODED.set(0);
    FIRST.set(0);
  }

  static void decoded() {
    if (DECODED.getAndIncrement() == 0) {
      FIRST.set(System.currentTimeMillis());
    }
  }

  /**
   * Seconds from the start of Java to the first decoded song; empty if this process decoded none.
   * The process may be older, since the launcher builds the program before it starts Java.
   */
  public static OptionalDouble secondsToFirst() {
    return FIRST.get() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            (FIRST.get() - ManagementFactory.getRuntimeMXBean().getStartTime()) * MILLIS);
  }

  /** Number of decoded songs, including failed ones. */
  public static long songs() {
    return DECODED.get();
  }
}
