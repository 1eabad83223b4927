package org.surmala.runner;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Reports the causes of a job's restarts. A cause that repeats, such as a folder that the cluster's
 * machines do not see, is reported once a minute.
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

  /** The source of failures, latest first. */
  @FunctionalInterface
  interface Failures {
    List<FlinkRest.JobFailure> all() throws IOException;
  }

  RestartsFollower(Failures failures, Clock clock) {
    this.failures = failures;
    this.clock = clock;
  }

  /** For a job that is not restarted. */
  static RestartsFollower ofNone() {
    return new RestartsFollower(List::of, Clock.systemUTC());
  }

  /** A line about failures since the last call; empty if there is nothing new. */
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
      // The caller also polls the job's state, and learns there that the cluster is gone.
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
        "the job failed%s and its cluster restarted it: %s"
            .formatted(untold == 1 ? "" : " " + untold + " times", latest);
    cause = latest;
    told = now;
    untold = 0;
    return List.of(line);
  }
}
