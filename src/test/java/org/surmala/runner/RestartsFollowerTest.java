package org.surmala.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RestartsFollowerTest {
  private static final String NO_FOLDER =
      """
      java.lang.RuntimeException: in a step
      \tat a.B.c(B.java:1)
      Caused by: java.io.IOException: '/music' is not there; give a folder
      \tat d.E.f(E.java:2)""";
  private static final String DEAD =
      "java.io.IOException: Connection closed by 127.0.0.1:1\n\tat g";

  private final List<FlinkRest.JobFailure> failures = new ArrayList<>();
  private final Hand clock = new Hand();
  private final RestartsFollower restarts = new RestartsFollower(() -> failures, clock);

  @Test
  void givenNoFailure_whenAsked_thenNothingIsTold() {
    assertThat(restarts.news()).isEmpty();
  }

  @Test
  void givenAFailure_whenAskedTwice_thenItsInnermostCauseIsToldOnce() {
    fails(NO_FOLDER);

    assertThat(restarts.news())
        .containsExactly(
            "the job failed and its cluster restarted it: java.io.IOException: '/music' is"
                + " not there; give a folder");
    clock.pass(Duration.ofMinutes(2));
    assertThat(restarts.news()).isEmpty();
  }

  @Test
  void givenACauseThatComesAgain_whenAskedMeanwhile_thenItIsToldOnceAMinuteWithItsNumber() {
    fails(NO_FOLDER);
    assertThat(restarts.news()).hasSize(1);
    for (int i = 0; i < 7; i++) {
      clock.pass(Duration.ofSeconds(5));
      fails(NO_FOLDER);
      assertThat(restarts.news()).isEmpty();
    }

    clock.pass(Duration.ofMinutes(1));
    assertThat(restarts.news())
        .singleElement()
        .asString()
        .startsWith("the job failed 7 times and its cluster restarted it: java.io");
  }

  @Test
  void givenAnotherCause_whenAskedWithinTheMinute_thenItIsToldAtOnce() {
    fails(NO_FOLDER);
    assertThat(restarts.news()).hasSize(1);

    clock.pass(Duration.ofSeconds(5));
    fails(DEAD);

    assertThat(restarts.news())
        .containsExactly(
            "the job failed and its cluster restarted it: java.io.IOException: Connection"
                + " closed by 127.0.0.1:1");
  }

  @Test
  void givenAClusterThatDoesNotAnswer_whenItDoesAgain_thenTheFailureIsToldThen() {
    boolean[] answers = {false};
    RestartsFollower follower =
        new RestartsFollower(
            () -> {
              if (!answers[0]) {
                throw new IOException("no answer");
              }
              return failures;
            },
            clock);
    fails(DEAD);
    assertThat(follower.news()).isEmpty();

    answers[0] = true;
    clock.pass(Duration.ofSeconds(5));

    assertThat(follower.news()).hasSize(1);
  }

  private void fails(String trace) {
    failures.add(0, new FlinkRest.JobFailure(clock.instant(), trace));
  }

  /** A clock that goes when told to. */
  private static final class Hand extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
