package org.surmala.runner;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tells why a job failed that its cluster starts again each time. A cause that comes again at once,
 * such as a folder that the cluster's machines do not have, is told once a minute.
 */
public final class RestartsFollower {
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration REPEAT = Duration.ofMinutes(1);

  private final Failures failures;
  private final Clock clock;
  private Instant asked = Instant.MIN;
  private Instant seen = Instant.MIN;
  private Instant told = Instant.MIN;
  private String cause = "";
  private int untold;

  /** Where failures are known, the last first. */
  @FunctionalInterface
  interface Failures {
    List<FlinkRest.JobFailure> all() throws IOException;
  }

  RestartsFollower(Failures failures, Clock clock) {
    this.failures = failures;
    this.clock = clock;
  }

  /** Of a job that nobody starts again. */
  static RestartsFollower ofNone() {
    return new RestartsFollower(List::of, Clock.systemUTC());
  }

  /** A line about what failed since the last call; none where nothing did, or it was told. */
  public List<String> news() {
    Instant now = clock.instant();
    if (now.isBefore(asked.plus(POLL))) {
      return List.of();
    }
    asked = now;
    List<FlinkRest.JobFailure> fresh;
    try {
      fresh = failures.all().stream().filter(failure -> failure.time().isAfter(seen)).toList();
    } catch (IOException notNow) {
      // Whoever follows a job asks for its state as well, and is told there of a cluster that is
      // gone.
      return List.of();
    }
    if (!fresh.isEmpty()) {
      seen = fresh.get(0).time();
      untold += fresh.size();
    }
    if (untold == 0) {
      return List.of();
    }
    String latest = fresh.isEmpty() ? cause : fresh.get(0).rootCause();
    if (latest.equals(cause) && now.isBefore(told.plus(REPEAT))) {
      return List.of();
    }
    String line =
        "the job failed"
            + (untold == 1 ? "" : " " + untold + " times")
            + " and its cluster restarted it: "
            + latest;
    cause = latest;
    told = now;
    untold = 0;
    return List.of(line);
  }
}
