package org.surmala.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many songs this process has heard in its run, for the progress line: a runner shows counters
 * only when a bundle has ended.
 */
final class ListeningProgress {
  private static final AtomicLong HEARD = new AtomicLong();
  private static final AtomicLong FAILED = new AtomicLong();

  private ListeningProgress() {}

  static void begin() {
    HEARD.set(0);
    FAILED.set(0);
  }

  static void heard() {
    HEARD.incrementAndGet();
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
