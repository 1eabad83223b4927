package org.surmala.step;

import java.io.IOException;
import java.io.Serializable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * A step whose elements are paired with records by a {@link Tracker}. The step maps one element to
 * one element, or buffers it and emits the same object later.
 *
 * @param <C> record type
 * @param <GivenT> output type: a record and an element, or after the last step the record alone
 */
final class TrackedStep<C, InputT, OutputT, GivenT> extends Step<KV<C, InputT>, GivenT> {
  private final Step<InputT, OutputT> step;
  private final Tracker<C> tracker;
  private final Join<C, OutputT, GivenT> join;

  private TrackedStep(
      Step<InputT, OutputT> step,
      Tracker<C> tracker,
      TupleTag<GivenT> output,
      Map<TupleTag<?>, Coder<?>> coders,
      Join<C, OutputT, GivenT> join) {
    super(output, step.title(), "", coders);
    this.step = step;
    this.tracker = tracker;
    this.join = join;
  }

  /** Combines a step's main output with the record. */
  private interface Join<C, OutputT, GivenT> extends BiFunction<C, OutputT, GivenT>, Serializable {}

  /** A step that is not the last one. */
  static <C, InputT, OutputT> Step<KV<C, InputT>, KV<C, OutputT>> of(
      Step<InputT, OutputT> step, Tracker<C> tracker) {
    TupleTag<KV<C, OutputT>> output = new TupleTag<>("tracked " + step.output().getId());
    Map<TupleTag<?>, Coder<?>> coders = new LinkedHashMap<>();
    coders.put(output, KvCoder.of(tracker.coder(), step.coder()));
    coders.put(tracker.ended(), tracker.coder());
    return new TrackedStep<>(step, tracker, output, coders, KV::of);
  }

  /** The last step: its main output goes into the record too. */
  static <C, InputT, OutputT> Step<KV<C, InputT>, C> last(
      Step<InputT, OutputT> step, Tracker<C> tracker) {
    return new TrackedStep<>(
        step,
        tracker,
        tracker.ended(),
        Map.of(tracker.ended(), tracker.coder()),
        (record, value) -> tracker.with(record, step.output(), value));
  }

  @Override
  protected Worker<KV<C, InputT>, GivenT> work() {
    return worker();
  }

  @Override
  public Worker<KV<C, InputT>, GivenT> worker() {
    return new TrackedWorker<>(step.worker(), tracker, join);
  }

  private static final class TrackedWorker<C, InputT, OutputT, GivenT>
      implements Worker<KV<C, InputT>, GivenT> {
    private final Worker<InputT, OutputT> worker;
    private final Tracker<C> tracker;
    private final Join<C, OutputT, GivenT> join;
    private final IdentityHashMap<Object, C> held = new IdentityHashMap<>();
    private @Nullable C current;
    private boolean isHeld;

    TrackedWorker(
        Worker<InputT, OutputT> worker, Tracker<C> tracker, Join<C, OutputT, GivenT> join) {
      this.worker = worker;
      this.tracker = tracker;
      this.join = join;
    }

    @Override
    public void process(KV<C, InputT> element, Emitter<GivenT> out) throws IOException {
      InputT input = Objects.requireNonNull(element.getValue());
      current = element.getKey();
      isHeld = true;
      worker.process(input, tracked(out));
      if (isHeld) {
        held.put(input, Objects.requireNonNull(current));
      }
      current = null;
    }

    @Override
    public void finish(Emitter<GivenT> out) throws IOException {
      worker.finish(tracked(out));
    }

    @Override
    public void close() {
      worker.close();
    }

    private Emitter<OutputT> tracked(Emitter<GivenT> out) {
      return new Emitter<>() {
        @Override
        public void emit(OutputT value) throws IOException {
          C record = held.remove(value);
          if (record == null) {
            record = Objects.requireNonNull(current);
            isHeld = false;
          }
          out.emit(join.apply(record, value));
        }

        @Override
        public <S> void emit(TupleTag<S> output, S value) throws IOException {
          current = tracker.with(Objects.requireNonNull(current), output, value);
          if (tracker.isEnd(Objects.requireNonNull(value))) {
            isHeld = false;
            out.emit(tracker.ended(), current);
          }
        }
      };
    }
  }
}
