package org.surmala.step;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * A step whose elements travel beside records, as a {@link Tracker} says. The step makes one
 * element of one, or holds it back and gives the same object later.
 */
final class TrackedStep<C, InputT, OutputT> extends Step<KV<C, InputT>, KV<C, OutputT>> {
  private static final long serialVersionUID = 1L;

  private final Step<InputT, OutputT> step;
  private final Tracker<C> tracker;

  TrackedStep(Step<InputT, OutputT> step, Tracker<C> tracker) {
    super(tag(step), step.title(), "", outputs(step, tracker));
    this.step = step;
    this.tracker = tracker;
  }

  private static <C, T> TupleTag<KV<C, T>> tag(Step<?, T> step) {
    return new TupleTag<>("tracked " + step.output().getId());
  }

  private static Map<TupleTag<?>, Coder<?>> outputs(Step<?, ?> step, Tracker<?> tracker) {
    Map<TupleTag<?>, Coder<?>> outputs = new LinkedHashMap<>();
    outputs.put(tag(step), KvCoder.of(tracker.coder(), step.coder()));
    outputs.put(tracker.ended(), tracker.coder());
    return outputs;
  }

  @Override
  protected Worker<KV<C, InputT>, KV<C, OutputT>> work() {
    return worker();
  }

  @Override
  public Worker<KV<C, InputT>, KV<C, OutputT>> worker() {
    return new TrackedWorker<>(step.worker(), tracker);
  }

  private static final class TrackedWorker<C, InputT, OutputT>
      implements Worker<KV<C, InputT>, KV<C, OutputT>> {
    private final Worker<InputT, OutputT> worker;
    private final Tracker<C> tracker;
    private final Map<Object, C> held = new IdentityHashMap<>();
    private @Nullable C current;
    private boolean isHeld;

    TrackedWorker(Worker<InputT, OutputT> worker, Tracker<C> tracker) {
      this.worker = worker;
      this.tracker = tracker;
    }

    @Override
    public void process(KV<C, InputT> element, Emitter<KV<C, OutputT>> out) throws IOException {
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
    public void finish(Emitter<KV<C, OutputT>> out) throws IOException {
      worker.finish(tracked(out));
    }

    private Emitter<OutputT> tracked(Emitter<KV<C, OutputT>> out) {
      return new Emitter<>() {
        @Override
        public void emit(OutputT value) throws IOException {
          C record = held.remove(value);
          if (record == null) {
            record = Objects.requireNonNull(current);
            isHeld = false;
          }
          out.emit(KV.of(record, value));
        }

        @Override
        public <S> void emit(TupleTag<S> output, S value) throws IOException {
          current = tracker.with(Objects.requireNonNull(current), output, value);
          if (tracker.isEnd(output)) {
            isHeld = false;
            out.emit(tracker.ended(), current);
          }
        }
      };
    }
  }
}
