package org.surmala.cluster;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.BlockAnswer;
import org.surmala.schema.Centres;
import org.surmala.schema.KMeansState;
import org.surmala.schema.PointBlock;

/**
 * K-Means for songs that do not fit on one worker, for every k of the options at once: k-means‖,
 * then a fixed number of Lloyd's iterations ({@link ScalableKMeans}), each a {@link BlockPass}.
 */
final class DistributedKMeans
    extends PTransform<PCollection<PointBlock>, PCollection<KV<String, KMeansState>>> {
  private static final int ROUNDS = 4;
  private static final int LEAST_DRAWN = 128;
  private static final int ITERATIONS = 8;

  private final ClusterOptions options;

  DistributedKMeans(ClusterOptions options) {
    this.options = options;
  }

  @Override
  public PCollection<KV<String, KMeansState>> expand(PCollection<PointBlock> blocks) {
    ClusterOptions asked = options;
    int count = Math.max(LEAST_DRAWN, 2 * options.kMax());
    PCollection<KV<String, KMeansState>> states = null;
    for (int r = 0; r < ROUNDS; r++) {
      int round = r;
      states =
          pass(
              blocks,
              "Draw" + round,
              states,
              (block, state) ->
                  answer(
                      block,
                      ScalableKMeans.draw(block, candidates(state), round, count, asked.seed())),
              (state, answers) -> drawn(state, answers, count));
    }
    states =
        pass(
            blocks,
            "Weigh",
            states,
            (block, state) -> answer(block, ScalableKMeans.weigh(block, candidates(state))),
            (state, answers) ->
                started(
                    asked,
                    Objects.requireNonNull(state),
                    ScalableKMeans.join(BlockPass.numbers(answers))));
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      states =
          pass(
              blocks,
              "Move" + iteration,
              states,
              (block, state) -> answer(block, sums(block, Objects.requireNonNull(state))),
              (state, answers) ->
                  moved(
                      Objects.requireNonNull(state),
                      ScalableKMeans.join(BlockPass.numbers(answers))));
    }
    return Objects.requireNonNull(states);
  }

  private static PCollection<KV<String, KMeansState>> pass(
      PCollection<PointBlock> blocks,
      String name,
      @Nullable PCollection<KV<String, KMeansState>> before,
      BlockPass.Question<KMeansState> question,
      BlockPass.Join<KMeansState> join) {
    return blocks.apply(
        name, new BlockPass<>(KMeansState.class, KMeansState::getFirst, before, question, join));
  }

  private static BlockAnswer answer(PointBlock block, double[] numbers) {
    return new BlockAnswer(
        block.getNumber(),
        block.getDimensions(),
        PackedDoubles.doubles(numbers),
        List.of(),
        0,
        null);
  }

  private static double[][] candidates(@Nullable KMeansState state) {
    return state == null
        ? new double[0][]
        : ScalableKMeans.rows(PackedDoubles.doubles(state.getCandidates()), state.getDimensions());
  }

  private static List<double[][]> centres(KMeansState state) {
    return state.getCentres().stream()
        .map(
            centres ->
                ScalableKMeans.rows(
                    PackedDoubles.doubles(centres.getValues()), state.getDimensions()))
        .toList();
  }

  /** The centres of each k. */
  static Map<Integer, double[][]> byK(KMeansState state) {
    Map<Integer, double[][]> byK = new TreeMap<>();
    List<double[][]> all = centres(state);
    for (int i = 0; i < all.size(); i++) {
      byK.put(state.getCentres().get(i).getK(), all.get(i));
    }
    return byK;
  }

  private static double[] sums(PointBlock block, KMeansState state) {
    return centres(state).stream()
        .map(centres -> ScalableKMeans.sums(block, centres))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private static KMeansState drawn(
      @Nullable KMeansState state, List<BlockAnswer> answers, int count) {
    int dimensions = answers.get(0).getDimensions();
    double[][] all =
        ScalableKMeans.joinDraws(candidates(state), BlockPass.numbers(answers), dimensions, count);
    return new KMeansState(
        dimensions, PackedDoubles.doubles(all), List.of(), 0, answers.get(0).getBlock());
  }

  private static KMeansState started(ClusterOptions options, KMeansState state, double[] weights) {
    double[][] candidates = candidates(state);
    List<Centres> centres = new ArrayList<>();
    long distinct = Arrays.stream(candidates).map(DoubleBuffer::wrap).distinct().count();
    for (int k = options.kMin(); k <= Math.min(options.kMax(), distinct); k++) {
      centres.add(
          new Centres(
              k,
              PackedDoubles.doubles(
                  new KMeans(options.restarts(), options.maxIterations())
                      .centres(candidates, weights, k, options.seed()))));
    }
    return KMeansState.newBuilder(state)
        .setCentres(centres)
        .setSongs((int) Arrays.stream(weights).sum())
        .build();
  }

  private static KMeansState moved(KMeansState state, double[] sums) {
    List<Centres> centres = new ArrayList<>();
    int from = 0;
    for (double[][] before : centres(state)) {
      int to = from + before.length * (1 + state.getDimensions());
      double[][] after = ScalableKMeans.moved(before, Arrays.copyOfRange(sums, from, to));
      centres.add(new Centres(before.length, PackedDoubles.doubles(after)));
      from = to;
    }
    return KMeansState.newBuilder(state).setCentres(centres).build();
  }
}
