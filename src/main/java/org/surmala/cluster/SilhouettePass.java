package org.surmala.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.surmala.schema.BlockAnswer;
import org.surmala.schema.PointBlock;
import org.surmala.schema.SweepState;

/**
 * Measures the silhouettes of some songs of the sample against all songs. The answers of a block
 * are split into parts of {@value #SONGS_OF_PART} songs, so that no worker holds the answers of all
 * blocks.
 */
final class SilhouettePass
    extends PTransform<PCollection<PointBlock>, PCollection<KV<String, SweepState>>> {
  private static final int SONGS_OF_PART = 64;

  private final ClusterOptions options;
  private final transient PCollection<KV<String, SweepState>> before;

  /**
   * @param before states with cluster sizes
   */
  SilhouettePass(ClusterOptions options, PCollection<KV<String, SweepState>> before) {
    this.options = options;
    this.before = before;
  }

  @Override
  public PCollection<KV<String, SweepState>> expand(PCollection<PointBlock> blocks) {
    PCollectionView<Map<String, SweepState>> view = before.apply("State", View.asMap());
    ClusterOptions asked = options;
    PCollection<KV<String, BlockAnswer>> parts =
        BlockPass.joined(
            "Part",
            blocks.apply("Ask", ParDo.of(new AskFn(options, view)).withSideInputs(view)),
            BlockAnswer.class,
            null,
            (none, answers) -> sum(answers));
    return BlockPass.joined(
        "Model",
        parts.apply("ByModel", ParDo.of(new ByModelFn())),
        SweepState.class,
        view,
        (state, answers) -> {
          SweepState counted = Objects.requireNonNull(state);
          return new SampledSweep(asked).withSilhouettes(counted, rows(counted, answers));
        });
  }

  private static BlockAnswer sum(List<BlockAnswer> answers) {
    BlockAnswer first = answers.get(0);
    return new BlockAnswer(
        first.getPart(),
        first.getDimensions(),
        PackedDoubles.doubles(ScalableKMeans.join(BlockPass.numbers(answers))),
        List.of(),
        0,
        null);
  }

  /** The sums of one song after another. */
  private static List<double[]> rows(SweepState state, List<BlockAnswer> parts) {
    int width = state.getClusterings().stream().mapToInt(c -> c.getK()).sum();
    List<double[]> rows = new ArrayList<>();
    BlockPass.numbers(parts)
        .forEach(part -> rows.addAll(List.of(ScalableKMeans.rows(part, width))));
    return rows;
  }

  private static final class AskFn extends DoFn<PointBlock, KV<String, BlockAnswer>> {
    private final ClusterOptions options;
    private final PCollectionView<Map<String, SweepState>> view;
    private final Counter micros = Metrics.counter("surmala", "micros.cluster");

    AskFn(ClusterOptions options, PCollectionView<Map<String, SweepState>> view) {
      this.options = options;
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      long start = System.nanoTime();
      PointBlock block = context.element();
      String model = BlockPass.model(block);
      SweepState state = Objects.requireNonNull(context.sideInput(view).get(model));
      List<double[]> sums =
          BlockSums.distances(block, state, new SampledSweep(options).queries(state));
      for (int part = 0; part * SONGS_OF_PART < sums.size(); part++) {
        int to = Math.min(sums.size(), (part + 1) * SONGS_OF_PART);
        double[] numbers =
            sums.subList(part * SONGS_OF_PART, to).stream()
                .flatMapToDouble(Arrays::stream)
                .toArray();
        context.output(
            KV.of(
                model + "\n" + part,
                new BlockAnswer(
                    block.getNumber(),
                    block.getDimensions(),
                    PackedDoubles.doubles(numbers),
                    List.of(),
                    part,
                    null)));
      }
      micros.inc((System.nanoTime() - start) / 1_000);
    }
  }

  private static final class ByModelFn
      extends DoFn<KV<String, BlockAnswer>, KV<String, BlockAnswer>> {
    @ProcessElement
    public void process(
        @Element KV<String, BlockAnswer> part, OutputReceiver<KV<String, BlockAnswer>> out) {
      String key = part.getKey();
      out.output(KV.of(key.substring(0, key.lastIndexOf('\n')), part.getValue()));
    }
  }
}
