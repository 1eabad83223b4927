package org.surmala.cluster;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;
import org.surmala.io.RecordCoder;
import org.surmala.schema.BlockAnswer;
import org.surmala.schema.PointBlock;

/**
 * A pass over the blocks of all models: computes an answer from each block and the state of its
 * model, and combines the answers, in block order, into the next state. The same blocks give the
 * same state, on any runner at any parallelism.
 *
 * <p>The state reaches the combination with the answer of the first block, not as a second input:
 * Flink's optimizer follows every way through the graph, and two ways through each of twenty passes
 * would be a million.
 *
 * @param <S> the state of a model
 */
final class BlockPass<S extends SpecificRecord>
    extends PTransform<PCollection<PointBlock>, PCollection<KV<String, S>>> {
  private final Class<S> type;
  private final FirstBlock<S> first;
  private final transient @Nullable PCollection<KV<String, S>> before;
  private final Question<S> question;
  private final Join<S> join;

  /** The number of a model's first block that has songs. */
  interface FirstBlock<S> extends Serializable {
    int of(S state);
  }

  /** Computes the answer of a block. */
  interface Question<S> extends Serializable {
    /** The answer of a block; without a state in a first pass. */
    BlockAnswer of(PointBlock block, @Nullable S state);
  }

  /** Combines answers. */
  interface Join<S> extends Serializable {
    /**
     * The next state of a model, from the answers of its blocks in order; no state in a first pass.
     */
    S of(@Nullable S state, List<BlockAnswer> answers);
  }

  /**
   * @param before states of the models; null in a first pass
   */
  BlockPass(
      Class<S> type,
      FirstBlock<S> first,
      @Nullable PCollection<KV<String, S>> before,
      Question<S> question,
      Join<S> join) {
    this.type = type;
    this.first = first;
    this.before = before;
    this.question = question;
    this.join = join;
  }

  static List<double[]> numbers(List<BlockAnswer> answers) {
    return answers.stream().map(answer -> PackedDoubles.doubles(answer.getNumbers())).toList();
  }

  /** The key of a block's model. */
  static String model(PointBlock block) {
    return block.getRepresentation() + "\n" + block.getModelVersion();
  }

  @Override
  public PCollection<KV<String, S>> expand(PCollection<PointBlock> blocks) {
    PCollectionView<Map<String, S>> view =
        before == null ? null : before.apply("State", View.asMap());
    List<PCollectionView<?>> views = view == null ? List.of() : List.of(view);
    return joined(
        "",
        blocks.apply(
            "Ask", ParDo.of(new AskFn<>(type, first, question, view)).withSideInputs(views)),
        type,
        null,
        join);
  }

  /**
   * Combines answers by model.
   *
   * @param view states of the models; null if an answer has the state
   */
  static <S extends SpecificRecord> PCollection<KV<String, S>> joined(
      String name,
      PCollection<KV<String, BlockAnswer>> answers,
      Class<S> type,
      @Nullable PCollectionView<Map<String, S>> view,
      Join<S> join) {
    List<PCollectionView<?>> views = view == null ? List.of() : List.of(view);
    return answers
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(BlockAnswer.class)))
        .apply(name + "Gather", GroupByKey.create())
        .apply(name + "Join", ParDo.of(new JoinFn<>(type, join, view)).withSideInputs(views))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(type)));
  }

  private static final class AskFn<S extends SpecificRecord>
      extends DoFn<PointBlock, KV<String, BlockAnswer>> {
    private final RecordCoder<S> coder;
    private final FirstBlock<S> first;
    private final Question<S> question;
    private final @Nullable PCollectionView<Map<String, S>> view;
    private final Counter micros = Metrics.counter("surmala", "micros.cluster");

    AskFn(
        Class<S> type,
        FirstBlock<S> first,
        Question<S> question,
        @Nullable PCollectionView<Map<String, S>> view) {
      this.coder = RecordCoder.of(type);
      this.first = first;
      this.question = question;
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext context) throws CoderException {
      long start = System.nanoTime();
      PointBlock block = context.element();
      String model = model(block);
      S state = view == null ? null : context.sideInput(view).get(model);
      BlockAnswer answer = question.of(block, state);
      if (state != null && block.getNumber() == first.of(state)) {
        answer.setState(ByteBuffer.wrap(CoderUtils.encodeToByteArray(coder, state)));
      }
      context.output(KV.of(model, answer));
      micros.inc((System.nanoTime() - start) / 1_000);
    }
  }

  private static final class JoinFn<S extends SpecificRecord>
      extends DoFn<KV<String, Iterable<BlockAnswer>>, KV<String, S>> {
    private final RecordCoder<S> coder;
    private final Join<S> join;
    private final @Nullable PCollectionView<Map<String, S>> view;
    private final Counter micros = Metrics.counter("surmala", "micros.cluster");

    JoinFn(Class<S> type, Join<S> join, @Nullable PCollectionView<Map<String, S>> view) {
      this.coder = RecordCoder.of(type);
      this.join = join;
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext context) throws CoderException {
      long start = System.nanoTime();
      String model = context.element().getKey();
      List<BlockAnswer> answers = new ArrayList<>();
      context.element().getValue().forEach(answers::add);
      answers.sort(Comparator.comparing(BlockAnswer::getBlock));
      ByteBuffer carried = answers.get(0).getState();
      S state = view == null ? null : context.sideInput(view).get(model);
      if (carried != null) {
        byte[] encoded = new byte[carried.remaining()];
        carried.duplicate().get(encoded);
        state = CoderUtils.decodeFromByteArray(coder, encoded);
      }
      context.output(KV.of(model, join.of(state, answers)));
      micros.inc((System.nanoTime() - start) / 1_000);
    }
  }
}
