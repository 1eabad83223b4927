package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.DoFn.ProcessContinuation;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

final class ClockFnTest {
  private static final Duration INTERVAL = Duration.millis(200);

  private final ClockFn clock = new ClockFn(INTERVAL);
  private final List<WindowedValue<Instant>> moments = new ArrayList<>();
  private final OutputReceiver<Instant> out =
      moment ->
          WindowedValues.<Instant>builder()
              .setValue(moment)
              .setTimestamp(Instant.EPOCH)
              .setWindows(List.of(GlobalWindow.INSTANCE))
              .setPaneInfo(PaneInfo.NO_FIRING)
              .setReceiver(moments::add);

  @Test
  void givenManyRounds_whenProcessed_thenEachGivesTheTimeAndWaitsForTheWholeInterval() {
    OffsetRange rest = clock.moments();
    for (int round = 0; round < 100; round++) {
      Instant before = Instant.now();
      OffsetRangeTracker tracker = new OffsetRangeTracker(rest);
      assertThat(clock.process(tracker, out))
          .isEqualTo(ProcessContinuation.resume().withResumeDelay(INTERVAL));
      rest = tracker.trySplit(0).getResidual();
      assertThat(moments).hasSize(round + 1);
      assertThat(moments.get(round).getValue()).isBetween(before, Instant.now());
      assertThat(moments.get(round).getTimestamp()).isEqualTo(moments.get(round).getValue());
    }
    assertThat(rest.getFrom()).isEqualTo(100);
  }

  @Test
  void givenNothingLeft_whenProcessed_thenItStops() {
    OffsetRangeTracker tracker = new OffsetRangeTracker(new OffsetRange(7, 7));
    assertThat(clock.process(tracker, out)).isEqualTo(ProcessContinuation.stop());
    assertThat(moments).isEmpty();
  }
}
