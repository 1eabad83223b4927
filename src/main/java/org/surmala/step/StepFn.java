package org.surmala.step;

import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The DoFn of a step. Elements emitted at the end of a bundle have the timestamp of the bundle's
 * last element.
 */
final class StepFn<InputT, OutputT> extends DoFn<InputT, OutputT> {
  private final Step<InputT, OutputT> step;
  private transient @Nullable Worker<InputT, OutputT> worker;
  private transient @Nullable Instant last;
  private transient @Nullable BoundedWindow lastWindow;

  StepFn(Step<InputT, OutputT> step) {
    this.step = step;
  }

  @Setup
  public void setup() {
    worker = step.worker();
  }

  @ProcessElement
  public void process(
      @Element InputT element,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      MultiOutputReceiver out)
      throws IOException {
    last = timestamp;
    lastWindow = window;
    ready()
        .process(
            element,
            new Emitter<>() {
              @Override
              public void emit(OutputT value) {
                out.get(step.output()).output(value);
              }

              @Override
              public <S> void emit(TupleTag<S> output, S value) {
                out.get(output).output(value);
              }
            });
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    Instant time = last;
    BoundedWindow window = lastWindow;
    if (time == null || window == null) {
      return;
    }
    ready()
        .finish(
            new Emitter<>() {
              @Override
              public void emit(OutputT value) {
                context.output(value, time, window);
              }

              @Override
              public <S> void emit(TupleTag<S> output, S value) {
                context.output(output, value, time, window);
              }
            });
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
