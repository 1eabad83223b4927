package org.surmala.decode;

import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many songs this process has decoded in its run, for the progress line: a runner shows
 * counters only when a bundle has ended.
 */
public final class DecodingProgress {
  private static final AtomicLong DECODED = new AtomicLong();
  private static final AtomicLong FIRST = new AtomicLong();
  private static final double MILLIS = 1e-3;

  private DecodingProgress() {}

  /** Begins a run. */
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
   * Seconds from the start of Java to the end of the first song's decoding; none where no song was
   * decoded here. The process may be older: its launcher builds the program before it becomes Java.
   */
  public static OptionalDouble secondsToFirst() {
    return FIRST.get() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            (FIRST.get() - ManagementFactory.getRuntimeMXBean().getStartTime()) * MILLIS);
  }

  /** Songs that were decoded, failed ones included. */
  public static long songs() {
    return DECODED.get();
  }
}
