package org.surmala.pipeline;

import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many songs this process has heard in its run, for the progress line: a runner shows counters
 * only when a bundle has ended.
 */
final class ListeningProgress {
  private static final AtomicLong HEARD = new AtomicLong();
  private static final AtomicLong FAILED = new AtomicLong();
  private static final AtomicLong FIRST = new AtomicLong();
  private static final double MILLIS = 1e-3;

  private ListeningProgress() {}

  static void begin() {
    HEARD.set(0);
    FAILED.set(0);
    FIRST.set(0);
  }

  static void heard() {
    if (HEARD.getAndIncrement() == 0) {
      FIRST.set(System.currentTimeMillis());
    }
  }

  /**
   * Seconds from the start of Java to the end of the first song; none where no song was heard here.
   * The process may be older: its launcher builds the program before it becomes Java.
   */
  static OptionalDouble secondsToFirst() {
    return FIRST.get() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            (FIRST.get() - ManagementFactory.getRuntimeMXBean().getStartTime()) * MILLIS);
  }

  static void failed() {
    FAILED.incrementAndGet();
  }

  /** Songs that were heard, failed ones included. */
  static long songsHeard() {
    return HEARD.get();
  }

  static long songsFailed() {
    return FAILED.get();
  }
}
