package org.surmala.cluster;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;
import org.surmala.io.RecordCoder;
import org.surmala.schema.Centres;
import org.surmala.schema.KMeansPartial;
import org.surmala.schema.KMeansState;
import org.surmala.schema.PointBlock;

/**
 * K-Means for songs that do not fit on one worker, for every k of the options at once: k-means‖,
 * then a fixed number of Lloyd's iterations ({@link ScalableKMeans}). Every pass visits each block
 * once and gathers a few numbers of each. The same blocks give the same centres, on any runner at
 * any parallelism.
 */
final class DistributedKMeans
    extends PTransform<PCollection<PointBlock>, PCollection<KV<String, KMeansState>>> {
  private static final long serialVersionUID = 1L;
  private static final int ROUNDS = 4;
  private static final int LEAST_DRAWN = 128;
  private static final int ITERATIONS = 8;

  /** What a pass asks of each block. */
  private enum Pass {
    DRAW,
    WEIGH,
    MOVE
  }

  private final ClusterOptions options;

  DistributedKMeans(ClusterOptions options) {
    this.options = options;
  }

  /** The model that a block is of, as a key. */
  static String key(PointBlock block) {
    return block.getRepresentation() + "\n" + block.getModelVersion();
  }

  @Override
  public PCollection<KV<String, KMeansState>> expand(PCollection<PointBlock> blocks) {
    PCollection<KV<String, KMeansState>> states = pass(blocks, "Draw0", Pass.DRAW, 0, null);
    for (int round = 1; round < ROUNDS; round++) {
      states = pass(blocks, "Draw" + round, Pass.DRAW, round, states);
    }
    states = pass(blocks, "Weigh", Pass.WEIGH, 0, states);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      states = pass(blocks, "Move" + iteration, Pass.MOVE, iteration, states);
    }
    return states;
  }

  private PCollection<KV<String, KMeansState>> pass(
      PCollection<PointBlock> blocks,
      String name,
      Pass pass,
      int round,
      @Nullable PCollection<KV<String, KMeansState>> before) {
    PCollectionView<Map<String, KMeansState>> view =
        before == null ? null : before.apply(name + "State", View.asMap());
    List<PCollectionView<?>> views = view == null ? List.of() : List.of(view);
    return blocks
        .apply(name, ParDo.of(new PassFn(options, pass, round, view)).withSideInputs(views))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(KMeansPartial.class)))
        .apply(name + "Gather", GroupByKey.create())
        .apply(name + "Join", ParDo.of(new JoinFn(options, pass, view)).withSideInputs(views))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(KMeansState.class)));
  }

  /** How many candidates a round draws. */
  private static int candidatesOf(ClusterOptions options) {
    return Math.max(LEAST_DRAWN, 2 * options.kMax());
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

  private static @Nullable KMeansState state(
      DoFn<?, ?>.ProcessContext context,
      @Nullable PCollectionView<Map<String, KMeansState>> view,
      String model) {
    return view == null ? null : context.sideInput(view).get(model);
  }

  private static final class PassFn extends DoFn<PointBlock, KV<String, KMeansPartial>> {
    private final ClusterOptions options;
    private final Pass pass;
    private final int round;
    private final @Nullable PCollectionView<Map<String, KMeansState>> before;
    private final Counter micros = Metrics.counter("surmala", "micros.cluster");

    PassFn(
        ClusterOptions options,
        Pass pass,
        int round,
        @Nullable PCollectionView<Map<String, KMeansState>> before) {
      this.options = options;
      this.pass = pass;
      this.round = round;
      this.before = before;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      long start = System.nanoTime();
      PointBlock block = context.element();
      String model = key(block);
      KMeansState state = state(context, before, model);
      double[] numbers =
          switch (pass) {
            case DRAW ->
                ScalableKMeans.draw(
                    block, candidates(state), round, candidatesOf(options), options.seed());
            case WEIGH -> ScalableKMeans.weigh(block, candidates(state));
            case MOVE -> sums(block, state);
          };
      context.output(
          KV.of(
              model,
              new KMeansPartial(
                  block.getNumber(), block.getDimensions(), PackedDoubles.doubles(numbers))));
      micros.inc((System.nanoTime() - start) / 1_000);
    }

    private static double[] sums(PointBlock block, @Nullable KMeansState state) {
      return centres(Objects.requireNonNull(state)).stream()
          .map(centres -> ScalableKMeans.sums(block, centres))
          .flatMapToDouble(Arrays::stream)
          .toArray();
    }
  }

  private static final class JoinFn
      extends DoFn<KV<String, Iterable<KMeansPartial>>, KV<String, KMeansState>> {
    private final ClusterOptions options;
    private final Pass pass;
    private final @Nullable PCollectionView<Map<String, KMeansState>> before;

    JoinFn(
        ClusterOptions options,
        Pass pass,
        @Nullable PCollectionView<Map<String, KMeansState>> before) {
      this.options = options;
      this.pass = pass;
      this.before = before;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      String model = context.element().getKey();
      List<KMeansPartial> partials = new ArrayList<>();
      context.element().getValue().forEach(partials::add);
      partials.sort(Comparator.comparing(KMeansPartial::getBlock));
      List<double[]> blocks =
          partials.stream().map(partial -> PackedDoubles.doubles(partial.getNumbers())).toList();
      KMeansState state = state(context, before, model);
      int dimensions = partials.get(0).getDimensions();
      KMeansState next =
          switch (pass) {
            case DRAW -> drawn(state, blocks, dimensions);
            case WEIGH -> started(Objects.requireNonNull(state), ScalableKMeans.join(blocks));
            case MOVE -> moved(Objects.requireNonNull(state), ScalableKMeans.join(blocks));
          };
      context.output(KV.of(model, next));
    }

    private KMeansState drawn(@Nullable KMeansState state, List<double[]> blocks, int dimensions) {
      double[][] all =
          ScalableKMeans.joinDraws(candidates(state), blocks, dimensions, candidatesOf(options));
      return new KMeansState(dimensions, PackedDoubles.doubles(all), List.of());
    }

    private KMeansState started(KMeansState state, double[] weights) {
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
      return KMeansState.newBuilder(state).setCentres(centres).build();
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
}
