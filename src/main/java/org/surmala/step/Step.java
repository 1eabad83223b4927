package org.surmala.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.RawUnionValue;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.surmala.io.RecordCoder;
import org.surmala.schema.Failure;

/**
 * A step of a pipeline over songs: a transform with one main output, the input of the next step,
 * and any number of other outputs, including {@link #FAILURES}. Its work is in a {@link Worker},
 * which does not depend on Beam.
 *
 * <p>{@link #then} combines steps. The combination is applied either step by step ({@link
 * #applyEach}), so that the runner shows, counts and chains each step under its own name, or fused
 * ({@link #applyFused}), so that an element passes through all steps before the next element.
 *
 * <p>The counter {@code micros.<stage>} in the namespace {@code surmala} is the time of the step's
 * own work, without that of later steps.
 *
 * @param <InputT> input type
 * @param <OutputT> type of the main output
 */
public abstract class Step<InputT, OutputT>
    extends PTransform<PCollection<InputT>, PCollectionTuple> {
  /** Songs that failed in a step. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final String title;
  private final String stage;
  private final TupleTag<OutputT> output;
  private final LinkedHashMap<TupleTag<?>, Coder<?>> coders;

  /** Describes a step that has no failures. */
  Step(TupleTag<OutputT> output, String title, String stage, Map<TupleTag<?>, Coder<?>> coders) {
    this.title = title;
    this.stage = stage;
    this.output = output;
    this.coders = new LinkedHashMap<>(coders);
  }

  /**
   * Describes a step.
   *
   * @param title name of the transform, a verb
   * @param output tag of the main output
   * @param coders coders of all outputs except {@link #FAILURES}
   */
  protected Step(
      String title, String stage, TupleTag<OutputT> output, Map<TupleTag<?>, Coder<?>> coders) {
    this(output, title, stage, coders);
    this.coders.put(FAILURES, RecordCoder.of(Failure.class));
  }

  /** Creates the worker for one thread. */
  protected abstract Worker<InputT, OutputT> work();

  /** Name of the transform. */
  public final String title() {
    return title;
  }

  /** The main output. */
  public final TupleTag<OutputT> output() {
    return output;
  }

  /** Coder of the main output. */
  final Coder<?> coder() {
    return Objects.requireNonNull(coders.get(output), title);
  }

  /** The worker for one thread, with its time counted. */
  public Worker<InputT, OutputT> worker() {
    return new TimedWorker<>(work(), Metrics.counter("surmala", "micros." + stage));
  }

  /** This step followed by another one. */
  public final <NextT> Step<InputT, NextT> then(Step<OutputT, NextT> next) {
    return new Chain<>(this, next);
  }

  /**
   * These steps, each by its own name, for elements that are paired with records. The outcome of an
   * element is in its record, which is the only output.
   */
  public final <C> Step<KV<C, InputT>, C> tracked(Tracker<C> tracker) {
    List<Step<?, ?>> steps = new ArrayList<>();
    collect(steps);
    int last = steps.size() - 1;
    Step<?, C> all = TrackedStep.last(steps.get(last), tracker);
    for (int i = last - 1; i >= 0; i--) {
      all = chain(TrackedStep.of(steps.get(i), tracker), all);
    }
    @SuppressWarnings("unchecked") // The first step's input is that of the combination.
    Step<KV<C, InputT>, C> tracked = (Step<KV<C, InputT>, C>) all;
    return tracked;
  }

  @SuppressWarnings("unchecked") // Each step's input is the main output of the one before.
  private static <A, B, C> Step<A, C> chain(Step<A, B> first, Step<?, C> second) {
    return new Chain<>(first, (Step<B, C>) second);
  }

  /**
   * Applies each step by its own name. The result has all outputs of all steps.
   *
   * <p>Flink chains only steps with a single output. So the other outputs of a step pass through
   * the later steps unchanged, and are separated after the last one.
   */
  public final PCollectionTuple applyEach(PCollection<InputT> input) {
    TupleTag<InputT> start = new TupleTag<>("input") {};
    List<Step<?, ?>> steps = new ArrayList<>();
    collect(steps);
    Map<TupleTag<?>, Coder<?>> all = new LinkedHashMap<>();
    all.put(start, input.getCoder());
    steps.forEach(step -> all.putAll(step.coders));
    MixedOutputs outputs = new MixedOutputs(all);
    PCollection<RawUnionValue> mixed = input.apply("Mix", outputs.of(start));
    TupleTag<?> taken = start;
    for (Step<?, ?> step : steps) {
      mixed = mixed.apply(step.title, outputs.through(step, taken));
      taken = step.output;
    }
    return mixed.apply("Outputs", outputs.apart(output, coders.keySet()));
  }

  /** Adds the steps of this combination, in order. */
  void collect(List<Step<?, ?>> steps) {
    steps.add(this);
  }

  /** Applies all steps as one. */
  public final PCollectionTuple applyFused(PCollection<InputT> input) {
    return input.apply(title, this);
  }

  @Override
  public final PCollectionTuple expand(PCollection<InputT> input) {
    TupleTagList others = TupleTagList.empty();
    for (TupleTag<?> tag : coders.keySet()) {
      others = tag.equals(output) ? others : others.and(tag);
    }
    PCollectionTuple outputs =
        input.apply("Each", ParDo.of(new StepFn<>(this)).withOutputTags(output, others));
    coders.forEach((tag, coder) -> MixedOutputs.code(outputs.get(tag), coder));
    return outputs;
  }

  private static final class TimedWorker<InputT, OutputT> implements Worker<InputT, OutputT> {
    private final Worker<InputT, OutputT> work;
    private final Counter micros;
    private long nanos;
    private long since;

    TimedWorker(Worker<InputT, OutputT> work, Counter micros) {
      this.work = work;
      this.micros = micros;
    }

    @Override
    public void process(InputT input, Emitter<OutputT> out) throws IOException {
      since = System.nanoTime();
      work.process(input, untimed(out));
      count();
    }

    @Override
    public void finish(Emitter<OutputT> out) throws IOException {
      since = System.nanoTime();
      work.finish(untimed(out));
      count();
    }

    @Override
    public void close() {
      work.close();
    }

    private void count() {
      nanos += System.nanoTime() - since;
      micros.inc(nanos / 1_000);
      nanos %= 1_000;
    }

    /** Excludes the time of later steps inside {@code emit}. */
    private Emitter<OutputT> untimed(Emitter<OutputT> out) {
      return new Emitter<>() {
        @Override
        public void emit(OutputT value) throws IOException {
          nanos += System.nanoTime() - since;
          out.emit(value);
          since = System.nanoTime();
        }

        @Override
        public <S> void emit(TupleTag<S> output, S value) throws IOException {
          nanos += System.nanoTime() - since;
          out.emit(output, value);
          since = System.nanoTime();
        }
      };
    }
  }

  private static final class Chain<InputT, MiddleT, OutputT> extends Step<InputT, OutputT> {
    private final Step<InputT, MiddleT> first;
    private final Step<MiddleT, OutputT> second;

    Chain(Step<InputT, MiddleT> first, Step<MiddleT, OutputT> second) {
      super(second.output, first.title + "+" + second.title, "", outputs(first, second));
      this.first = first;
      this.second = second;
    }

    private static Map<TupleTag<?>, Coder<?>> outputs(Step<?, ?> first, Step<?, ?> next) {
      Map<TupleTag<?>, Coder<?>> outputs = new LinkedHashMap<>(first.coders);
      outputs.remove(first.output);
      outputs.putAll(next.coders);
      return outputs;
    }

    @Override
    protected Worker<InputT, OutputT> work() {
      return worker();
    }

    @Override
    public Worker<InputT, OutputT> worker() {
      Worker<InputT, MiddleT> before = first.worker();
      Worker<MiddleT, OutputT> behind = second.worker();
      return new Worker<>() {
        @Override
        public void process(InputT input, Emitter<OutputT> out) throws IOException {
          before.process(input, through(out));
        }

        @Override
        public void finish(Emitter<OutputT> out) throws IOException {
          before.finish(through(out));
          behind.finish(out);
        }

        @Override
        public void close() {
          before.close();
          behind.close();
        }

        private Emitter<MiddleT> through(Emitter<OutputT> out) {
          return new Emitter<>() {
            @Override
            public void emit(MiddleT value) throws IOException {
              behind.process(value, out);
            }

            @Override
            public <S> void emit(TupleTag<S> output, S value) throws IOException {
              out.emit(output, value);
            }
          };
        }
      };
    }

    @Override
    void collect(List<Step<?, ?>> steps) {
      first.collect(steps);
      second.collect(steps);
    }
  }
}
