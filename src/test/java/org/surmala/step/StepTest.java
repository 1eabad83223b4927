package org.surmala.step;

import static org.junit.Assert.assertEquals;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.schema.Failure;
import org.surmala.schema.Stage;

/** Steps one after another give the same as one step that does the work of all. */
public final class StepTest implements Serializable {
  private static final long serialVersionUID = 1L;

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void givenSteps_whenAppliedOneByOne_thenEveryOutputIsThere() {
    PCollectionTuple made =
        chain().applyEach(pipeline.apply(Create.of(1, 2, 3, 4, 5, 6).withCoder(VarIntCoder.of())));
    check(made);
  }

  @Test
  public void givenSteps_whenFused_thenEveryOutputIsThere() {
    PCollectionTuple made =
        chain().applyFused(pipeline.apply(Create.of(1, 2, 3, 4, 5, 6).withCoder(VarIntCoder.of())));
    check(made);
  }

  private void check(PCollectionTuple made) {
    PAssert.that(made.get(Doubling.OUT)).containsInAnyOrder(2, 4, 10);
    PAssert.that(made.get(Refusing.EVEN)).containsInAnyOrder(2, 4);
    PAssert.that(made.get(Step.FAILURES))
        .containsInAnyOrder(Refusing.failure(3), Doubling.failure(6), Doubling.failure(4));
    pipeline.run();
  }

  @Test
  public void givenTrackedSteps_whenAppliedOneByOne_thenEachRecordKnowsWhatBecameOfItsElement() {
    checkTracked(tracked().applyEach(numbers()));
  }

  @Test
  public void givenTrackedSteps_whenFused_thenEachRecordKnowsWhatBecameOfItsElement() {
    checkTracked(tracked().applyFused(numbers()));
  }

  @Test
  public void givenTrackedSteps_whenClosed_thenTheStepsAreClosed() {
    int before = Holding.CLOSED.get();
    tracked().worker().close();
    assertEquals(before + 1, Holding.CLOSED.get());
  }

  private PCollection<KV<String, Integer>> numbers() {
    return pipeline.apply(
        Create.of(KV.of("one", 1), KV.of("two", 2), KV.of("three", 3), KV.of("four", 4))
            .withCoder(KvCoder.of(StringUtf8Coder.of(), VarIntCoder.of())));
  }

  private static Step<KV<String, Integer>, String> tracked() {
    return new Refusing().then(new Holding()).tracked(new Sentence());
  }

  private void checkTracked(PCollectionTuple made) {
    PAssert.that(made.get(Sentence.ENDED))
        .containsInAnyOrder(
            "one holding 1", "two even 2 holding 2", "three refused", "four even 4 holding 4");
    pipeline.run();
  }

  /** Holds each number back until the one after the next, and gives the same objects then. */
  private static final class Holding extends Step<Integer, Integer> {
    private static final long serialVersionUID = 1L;
    static final TupleTag<Integer> OUT = new TupleTag<>("holding") {};
    static final AtomicInteger CLOSED = new AtomicInteger();

    Holding() {
      super("Hold", "store", OUT, Map.of(OUT, VarIntCoder.of()));
    }

    @Override
    protected Worker<Integer, Integer> work() {
      List<Integer> held = new ArrayList<>();
      return new Worker<>() {
        @Override
        public void process(Integer number, Emitter<Integer> out) throws java.io.IOException {
          held.add(number);
          if (held.size() == 2) {
            finish(out);
          }
        }

        @Override
        public void finish(Emitter<Integer> out) throws java.io.IOException {
          for (Integer number : held) {
            out.emit(number);
          }
          held.clear();
        }

        @Override
        public void close() {
          CLOSED.incrementAndGet();
        }
      };
    }
  }

  /** A record that adds a word for each side output. */
  private static final class Sentence implements Tracker<String> {
    private static final long serialVersionUID = 1L;
    static final TupleTag<String> ENDED = new TupleTag<>("ended") {};

    @Override
    public TupleTag<String> ended() {
      return ENDED;
    }

    @Override
    public Coder<String> coder() {
      return StringUtf8Coder.of();
    }

    @Override
    public <S> String with(String record, TupleTag<S> output, S value) {
      return record + (value instanceof Failure ? " refused" : " " + output.getId() + " " + value);
    }

    @Override
    public boolean isEnd(Object value) {
      return value instanceof Failure;
    }
  }

  private static Step<Integer, Integer> chain() {
    return new Refusing().then(new Doubling());
  }

  /** Gives up threes; names even numbers besides giving them on. */
  private static final class Refusing extends Step<Integer, Integer> {
    private static final long serialVersionUID = 1L;
    static final TupleTag<Integer> OUT = new TupleTag<>("refusing") {};
    static final TupleTag<Integer> EVEN = new TupleTag<>("even") {};

    Refusing() {
      super("Refuse", "read", OUT, Map.of(OUT, VarIntCoder.of(), EVEN, VarIntCoder.of()));
    }

    static Failure failure(int number) {
      return new Failure("" + number, "/" + number, "refused", Stage.READ, "c", "m", false);
    }

    @Override
    protected Worker<Integer, Integer> work() {
      return (number, out) -> {
        if (number == 3) {
          out.emit(FAILURES, failure(number));
        } else {
          if (number % 2 == 0 && number < 6) {
            out.emit(EVEN, number);
          }
          out.emit(number);
        }
      };
    }
  }

  /** Gives up multiples of four and six; doubles the others, which it holds back to the end. */
  private static final class Doubling extends Step<Integer, Integer> {
    private static final long serialVersionUID = 1L;
    static final TupleTag<Integer> OUT = new TupleTag<>("doubling") {};

    Doubling() {
      super("Double", "decode", OUT, Map.of(OUT, VarIntCoder.of()));
    }

    static Failure failure(int number) {
      return new Failure("" + number, "/" + number, "not doubled", Stage.DECODE, "c", "m", false);
    }

    @Override
    protected Worker<Integer, Integer> work() {
      List<Integer> held = new ArrayList<>();
      return new Worker<>() {
        @Override
        public void process(Integer number, Emitter<Integer> out) throws java.io.IOException {
          if (number == 4 || number == 6) {
            out.emit(FAILURES, failure(number));
          } else {
            held.add(2 * number);
          }
        }

        @Override
        public void finish(Emitter<Integer> out) throws java.io.IOException {
          for (int number : held) {
            out.emit(number);
          }
          held.clear();
        }
      };
    }
  }
}
