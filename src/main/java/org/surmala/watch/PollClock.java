package org.surmala.watch;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.DelegateCoder;
import org.apache.beam.sdk.coders.InstantCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Emits the times of polls: one now, then one per interval, each with itself as timestamp. Times
 * that pass while the source is not read are skipped.
 *
 * <p>It has one split, whatever the number of workers. Beam's Flink runner uses the transform's
 * name as the id of a source's operator. {@code PeriodicImpulse} starts with an operator without an
 * id, so Flink finds its state again only at the same parallelism (ADR 77).
 */
final class PollClock extends UnboundedSource<Instant, PollClock.Mark> {
  private static final long serialVersionUID = 1L;

  private final Duration interval;

  PollClock(Duration interval) {
    this.interval = interval;
  }

  /** Checkpoint of the clock. */
  record Mark(Instant next) implements CheckpointMark {
    @Override
    public void finalizeCheckpoint() {}
  }

  @Override
  public List<PollClock> split(int desired, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public Reader createReader(PipelineOptions options, @Nullable Mark mark) {
    return new Reader(this, mark == null ? Instant.now() : mark.next(), Instant::now);
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return DelegateCoder.of(InstantCoder.of(), Mark::next, Mark::new);
  }

  @Override
  public Coder<Instant> getOutputCoder() {
    return InstantCoder.of();
  }

  /** Reads the clock against the system time. */
  static final class Reader extends UnboundedReader<Instant> {
    private final PollClock clock;
    private final Supplier<Instant> time;
    private Instant next;
    private @Nullable Instant current;

    Reader(PollClock clock, Instant next, Supplier<Instant> time) {
      this.clock = clock;
      this.next = next;
      this.time = time;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      Instant now = time.get();
      if (now.isBefore(next)) {
        current = null;
        return false;
      }
      current = now;
      Instant following = next.plus(clock.interval);
      next = following.isAfter(now) ? following : now.plus(clock.interval);
      return true;
    }

    @Override
    public Instant getCurrent() {
      Instant moment = current;
      if (moment == null) {
        throw new NoSuchElementException("the clock has not reached its next moment");
      }
      return moment;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return getCurrent();
    }

    @Override
    public Instant getWatermark() {
      return time.get();
    }

    @Override
    public Mark getCheckpointMark() {
      return new Mark(next);
    }

    @Override
    public PollClock getCurrentSource() {
      return clock;
    }

    @Override
    public void close() {}
  }
}
