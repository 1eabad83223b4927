package org.surmala.decode;

import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/** The moment at which a song has had its time. */
final class Deadline {
  private final long end;
  private final double seconds;

  Deadline(double seconds) {
    this.seconds = seconds;
    this.end = System.nanoTime() + (long) (seconds * 1e9);
  }

  /** What is left of the time; not positive when it is over. */
  long remainingNanos() {
    return end - System.nanoTime();
  }

  boolean passed() {
    return remainingNanos() <= 0;
  }

  /** Throws when the time is over. */
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
