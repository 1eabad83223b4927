package org.surmala.step;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.RawUnionValue;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The DoFn of a step on mixed outputs; it processes only the step's input elements. Elements
 * emitted at the end of a bundle have the timestamp of its last element.
 */
final class ThroughFn<InputT, OutputT> extends DoFn<RawUnionValue, RawUnionValue> {
  private final Step<InputT, OutputT> step;
  private final int taken;
  private final Map<TupleTag<?>, Integer> numbers = new LinkedHashMap<>();
  private transient @Nullable Worker<InputT, OutputT> worker;
  private transient @Nullable Instant last;
  private transient @Nullable BoundedWindow lastWindow;

  ThroughFn(Step<InputT, OutputT> step, int taken, List<TupleTag<?>> tags) {
    this.step = step;
    this.taken = taken;
    tags.forEach(tag -> numbers.put(tag, numbers.size()));
  }

  @Setup
  public void setup() {
    worker = step.worker();
  }

  @ProcessElement
  @SuppressWarnings("unchecked") // The tag determines the type.
  public void process(
      @Element RawUnionValue element,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<RawUnionValue> out)
      throws IOException {
    if (element.getUnionTag() == taken) {
      last = timestamp;
      lastWindow = window;
      ready().process((InputT) element.getValue(), mixing(out::output));
    } else {
      out.output(element);
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    Instant time = last;
    BoundedWindow window = lastWindow;
    if (time != null && window != null) {
      ready().finish(mixing(element -> context.output(element, time, window)));
    }
  }

  private Emitter<OutputT> mixing(Consumer<RawUnionValue> out) {
    return new Emitter<>() {
      @Override
      public void emit(OutputT value) {
        emit(step.output(), value);
      }

      @Override
      public <S> void emit(TupleTag<S> output, S value) {
        out.accept(new RawUnionValue(Objects.requireNonNull(numbers.get(output)), value));
      }
    };
  }

  @Teardown
  public void teardown() {
    if (worker != null) {
      worker.close();
    }
  }

  private Worker<InputT, OutputT> ready() {
    return Objects.requireNonNull(worker);
  }
}
