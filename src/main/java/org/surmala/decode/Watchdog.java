package org.surmala.decode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes a song's bytes when its time is over, so that a read that waits for a file system which
 * does not answer ends there. Every other wait looks at the {@link Deadline} itself.
 *
 * <p>A channel whose close does not end its reads is beyond help; those of files and of sockets do
 * end them.
 */
final class Watchdog {
  private static final long IDLE_SECONDS = 5;
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final ScheduledFuture<?> closing;

  Watchdog(Deadline deadline, SongBytes bytes) {
    closing = CLOCK.schedule(() -> cut(bytes), deadline.remainingNanos(), TimeUnit.NANOSECONDS);
  }

  private static void cut(SongBytes bytes) {
    try {
      bytes.close();
    } catch (IOException e) {
      // Kept in the future, which nobody asks: the read itself reports the timeout.
      throw new UncheckedIOException(e);
    }
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "decode-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    // A thread that stays holds the classes of a job that ended, in a cluster's process.
    clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    return clock;
  }

  /** Lets the song be: it was decoded in time. */
  void stop() {
    closing.cancel(false);
  }
}
