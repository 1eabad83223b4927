package org.surmala.watch;

import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.UnboundedPerElement;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Emits the times of polls on the Direct Runner: one now, then one per interval, without end.
 *
 * <p>The delay until the next one is always the interval. Beam's {@code PeriodicImpulse} computes a
 * negative delay if a time passes meanwhile; the timer of the Direct Runner may then equal the one
 * that has just fired, and is dropped: the clock stops forever (ADR 92).
 */
@UnboundedPerElement
final class ClockFn extends DoFn<byte[], Instant> {
  private final Duration interval;

  /**
   * @param interval 1 ms or more
   */
  ClockFn(Duration interval) {
    this.interval = interval;
  }

  /** The numbers of the polls. */
  @GetInitialRestriction
  public OffsetRange moments() {
    return new OffsetRange(0, Long.MAX_VALUE);
  }

  /** Outputs the time of one poll. */
  @ProcessElement
  public ProcessContinuation process(
      RestrictionTracker<OffsetRange, Long> tracker, OutputReceiver<Instant> out) {
    if (!tracker.tryClaim(tracker.currentRestriction().getFrom())) {
      return ProcessContinuation.stop();
    }
    Instant now = Instant.now();
    out.outputWithTimestamp(now, now);
    return ProcessContinuation.resume().withResumeDelay(interval);
  }
}
