package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.CoderUtils;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

final class PollClockTest {
  private final PollClock clock = new PollClock(Duration.millis(100));
  private Instant now = Instant.ofEpochMilli(5_000);

  @Test
  void givenAnInterval_whenTimePasses_thenOneMomentComesInEach() {
    PollClock.Reader reader = reader(now);
    assertThat(reader.start()).isTrue();
    assertThat(reader.getCurrent()).isEqualTo(now);
    assertThat(reader.getCurrentTimestamp()).isEqualTo(now);
    assertThat(reader.advance()).isFalse();
    assertThatThrownBy(reader::getCurrent).isInstanceOf(NoSuchElementException.class);
    pass(99);
    assertThat(reader.advance()).isFalse();
    pass(1);
    assertThat(reader.advance()).isTrue();
    // Read late: the moments after it stay where they are.
    pass(130);
    assertThat(reader.advance()).isTrue();
    pass(70);
    assertThat(reader.advance()).isTrue();
    assertThat(reader.getCurrent().getMillis()).isEqualTo(5_300);
  }

  @Test
  void givenAClockThatNobodyRead_whenReadAgain_thenPassedMomentsAreLeftOut() {
    PollClock.Reader reader = reader(now);
    assertThat(reader.start()).isTrue();
    pass(60_000);
    assertThat(reader.advance()).isTrue();
    assertThat(reader.advance()).isFalse();
    assertThat(reader.getCheckpointMark().next().getMillis()).isEqualTo(65_100);
  }

  @Test
  void givenACheckpoint_whenRestored_thenTheClockGoesOnWhereItWas() throws Exception {
    Instant future = Instant.now().plus(Duration.standardHours(1));
    PollClock.Mark mark =
        CoderUtils.clone(clock.getCheckpointMarkCoder(), new PollClock.Mark(future));
    PollClock.Reader restored = clock.createReader(PipelineOptionsFactory.create(), mark);
    assertThat(restored.start()).isFalse();
    assertThat(restored.getCheckpointMark()).isEqualTo(new PollClock.Mark(future));
  }

  @Test
  void givenManyWorkers_whenSplit_thenItIsOneClock() {
    assertThat(clock.split(8, PipelineOptionsFactory.create())).isEqualTo(List.of(clock));
  }

  private PollClock.Reader reader(Instant next) {
    return new PollClock.Reader(clock, next, () -> now);
  }

  private void pass(long millis) {
    now = now.plus(Duration.millis(millis));
  }
}
