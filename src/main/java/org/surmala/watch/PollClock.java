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
 * The moments of polls: one now, and one in each interval from then on, each with its own time as
 * its timestamp. Moments that passed while nobody read the clock are left out.
 *
 * <p>It is one source however many workers there are. Beam's Flink runner gives the operator of a
 * source the transform's name as its id. {@code PeriodicImpulse} begins with an operator without
 * one, whose state Flink finds again only at the parallelism that wrote it (ADR 77).
 */
final class PollClock extends UnboundedSource<Instant, PollClock.Mark> {
  private static final long serialVersionUID = 1L;

  private final Duration interval;

  PollClock(Duration interval) {
    this.interval = interval;
  }

  /**
   * How far a clock is.
   *
   * @param next the next moment
   */
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

  /** Reads the clock by the time of the machine. */
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
