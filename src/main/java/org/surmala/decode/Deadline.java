package org.surmala.decode;

import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/** The time limit of a song. */
final class Deadline {
  private final long end;
  private final double seconds;

  Deadline(double seconds) {
    this.seconds = seconds;
    this.end = System.nanoTime() + (long) (seconds * 1e9);
  }

  /** Remaining time; not positive after the deadline. */
  long remainingNanos() {
    return end - System.nanoTime();
  }

  boolean passed() {
    return remainingNanos() <= 0;
  }

  /** Throws after the deadline. */
  void check() throws SongException {
    if (passed()) {
      throw exceeded();
    }
  }

  SongException exceeded() {
    return new SongException(
        FailureCode.TIMEOUT,
        "decoding took longer than "
            + seconds
            + " s; the file may be damaged; else increase decode.time_limit_seconds");
  }
}
