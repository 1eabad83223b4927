package org.surmala.step;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.RawUnionValue;
import org.apache.beam.sdk.transforms.join.UnionCoder;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** The outputs of several steps in one collection, each element tagged with its output. */
final class MixedOutputs implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<TupleTag<?>> tags;
  private final List<Coder<?>> coders;

  MixedOutputs(Map<TupleTag<?>, Coder<?>> outputs) {
    this.tags = new ArrayList<>(outputs.keySet());
    this.coders = new ArrayList<>(outputs.values());
  }

  private UnionCoder coder() {
    return UnionCoder.of(coders);
  }

  @SuppressWarnings("unchecked") // Each tag is stored with its coder.
  static <T> void code(PCollection<T> collection, Coder<?> coder) {
    collection.setCoder((Coder<T>) coder);
  }

  /** Starts with the elements of one output. */
  <T> PTransform<PCollection<T>, PCollection<RawUnionValue>> of(TupleTag<T> tag) {
    return new PTransform<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public PCollection<RawUnionValue> expand(PCollection<T> input) {
        return input.apply("Each", ParDo.of(new MixFn<T>(tags.indexOf(tag)))).setCoder(coder());
      }
    };
  }

  /** Applies a step to its input elements; all others pass unchanged. */
  PTransform<PCollection<RawUnionValue>, PCollection<RawUnionValue>> through(
      Step<?, ?> step, TupleTag<?> taken) {
    return new PTransform<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public PCollection<RawUnionValue> expand(PCollection<RawUnionValue> input) {
        return input
            .apply("Each", ParDo.of(new ThroughFn<>(step, tags.indexOf(taken), tags)))
            .setCoder(coder());
      }
    };
  }

  /** Separates the outputs. */
  PTransform<PCollection<RawUnionValue>, PCollectionTuple> apart(
      TupleTag<?> main, Collection<TupleTag<?>> outputs) {
    return new PTransform<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public PCollectionTuple expand(PCollection<RawUnionValue> input) {
        return apartBy(input, main, outputs);
      }
    };
  }

  @SuppressWarnings("unchecked") // The type of the main output does not matter here.
  private PCollectionTuple apartBy(
      PCollection<RawUnionValue> input, TupleTag<?> main, Collection<TupleTag<?>> outputs) {
    TupleTagList others = TupleTagList.empty();
    for (TupleTag<?> tag : outputs) {
      others = tag.equals(main) ? others : others.and(tag);
    }
    PCollectionTuple apart =
        input.apply(
            "Each", ParDo.of(new ApartFn(tags)).withOutputTags((TupleTag<Object>) main, others));
    for (TupleTag<?> tag : outputs) {
      code(apart.get(tag), coders.get(tags.indexOf(tag)));
    }
    return apart;
  }

  private static final class MixFn<T> extends DoFn<T, RawUnionValue> {
    private final int number;

    MixFn(int number) {
      this.number = number;
    }

    @ProcessElement
    public void process(@Element T element, OutputReceiver<RawUnionValue> out) {
      out.output(new RawUnionValue(number, element));
    }
  }

  private static final class ApartFn extends DoFn<RawUnionValue, Object> {
    private final List<TupleTag<?>> tags;

    ApartFn(List<TupleTag<?>> tags) {
      this.tags = tags;
    }

    @ProcessElement
    @SuppressWarnings("unchecked") // The tag determines the type.
    public void process(@Element RawUnionValue element, MultiOutputReceiver out) {
      out.get((TupleTag<Object>) tags.get(element.getUnionTag())).output(element.getValue());
    }
  }
}
