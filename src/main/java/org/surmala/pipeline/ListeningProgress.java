package org.surmala.pipeline;

import java.time.Duration;
import java.time.Instant;
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
   * Seconds from the start of this process to the end of the first song; none where no song was
   * heard here, or the system does not say when a process started.
   */
  static OptionalDouble secondsToFirst() {
    Instant started = ProcessHandle.current().info().startInstant().orElse(null);
    return FIRST.get() == 0 || started == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Duration.between(started, Instant.ofEpochMilli(FIRST.get())).toMillis() * MILLIS);
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
