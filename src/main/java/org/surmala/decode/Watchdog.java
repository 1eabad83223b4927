package org.surmala.decode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes a song's bytes at its deadline, to end a read that blocks on an unresponsive file system.
 * All other waits check the {@link Deadline} themselves.
 *
 * <p>This works for channels whose close ends blocked reads, as those of files and sockets do.
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
      // An exception stays in the future, unread: the read itself reports the timeout.
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
    // A remaining thread would keep the classes of a finished job in a cluster's process.
    clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    return clock;
  }

  /** Cancels the watchdog: the song was decoded in time. */
  void stop() {
    closing.cancel(false);
  }
}
