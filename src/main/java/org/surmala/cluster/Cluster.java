package org.surmala.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.surmala.io.RecordCoder;
import org.surmala.io.Shards;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;
import org.surmala.schema.KMeansState;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.PointBlock;
import org.surmala.schema.SweepState;

/**
 * Clusters songs: gathers the embeddings of each model, sorts them by id, fits every clusterer over
 * the range of k, and marks the chosen k with the reason. A model with fewer than {@link
 * ClusterSweep#LEAST_SONGS} songs has no output.
 *
 * <p>Counters: {@code clusterings}, clusterings fitted; {@code gathered}, models whose songs were
 * clustered; {@code micros.cluster}, microseconds of work.
 */
public final class Cluster extends PTransform<PCollection<Embedding>, PCollection<Clustering>> {
  private final ClusterOptions options;
  private final ModelsWithClusters models;
  private final @Nullable String cache;

  private Cluster(ClusterOptions options, ModelsWithClusters models, @Nullable String cache) {
    this.options = options;
    this.models = models;
    this.cache = cache;
  }

  /** Clusters with these options. */
  public static Cluster with(ClusterOptions options) {
    return new Cluster(options, new ModelsWithClusters(null), null);
  }

  /** Reads the clusters that models define from these checkpoints, by model name. */
  public Cluster withModels(PCollectionView<Map<String, ModelCheckpoint>> checkpoints) {
    boolean wanted = options.algorithms().contains(ClusterAlgorithm.MODEL);
    return new Cluster(options, new ModelsWithClusters(wanted ? checkpoints : null), cache);
  }

  /**
   * Reads the clusterings of a model from a cache if the same songs were clustered before with the
   * same options, for up to {@link ClusterSweep#MOST_EXACT} songs.
   *
   * @param folder folder of the cache, on any Beam file system, ending in a slash
   */
  public Cluster cachedIn(String folder) {
    return new Cluster(options, models, folder);
  }

  @Override
  public PCollection<Clustering> expand(PCollection<Embedding> embeddings) {
    return (options.blocks() > 0 ? fromBlocks(embeddings) : gathered(embeddings))
        .setCoder(RecordCoder.of(Clustering.class));
  }

  private PCollection<Clustering> gathered(PCollection<Embedding> embeddings) {
    return embeddings
        .apply(
            "ByModel",
            WithKeys.of((Embedding e) -> e.getRepresentation() + "\n" + e.getModelVersion())
                .withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(Embedding.class)))
        .apply("GatherModel", GroupByKey.create())
        .apply(
            "Fit",
            ParDo.of(new ClusterFn(options, models, cache)).withSideInputs(models.sideInputs()));
  }

  private PCollection<Clustering> fromBlocks(PCollection<Embedding> embeddings) {
    Shards shards = new Shards(options.blocks());
    PCollection<PointBlock> blocks =
        embeddings
            .apply(
                "ByShard",
                WithKeys.of(
                        (Embedding e) ->
                            e.getRepresentation()
                                + "\n"
                                + e.getModelVersion()
                                + "\n"
                                + shards.of(e.getId()))
                    .withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(Embedding.class)))
            .apply("GatherShard", GroupByKey.create())
            .apply("Block", ParDo.of(new BlockFn(shards)))
            .setCoder(RecordCoder.of(PointBlock.class));
    PCollectionView<Map<String, KMeansState>> kMeans =
        blocks.apply("KMeans", new DistributedKMeans(options)).apply("Centres", View.asMap());
    PCollection<KV<String, SweepState>> fitted =
        blocks
            .apply("Sample", ParDo.of(new SampleBlockFn(kMeans)).withSideInputs(kMeans))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(PointBlock.class)))
            .apply("GatherSample", GroupByKey.create())
            .apply(
                "FitSample",
                ParDo.of(new FitSampleFn(options, kMeans, models))
                    .withSideInputs(kMeans)
                    .withSideInputs(models.sideInputs()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(SweepState.class)));
    PCollection<KV<String, SweepState>> counted =
        blocks.apply(
            "Count",
            new BlockPass<>(
                SweepState.class,
                SweepState::getFirst,
                fitted,
                (block, state) -> BlockSums.counts(block, Objects.requireNonNull(state)),
                (state, answers) -> BlockSums.counted(Objects.requireNonNull(state), answers)));
    PCollection<KV<String, SweepState>> measured =
        blocks.apply("Silhouettes", new SilhouettePass(options, counted));
    ClusterOptions asked = options;
    return blocks
        .apply(
            "Spread",
            new BlockPass<>(
                SweepState.class,
                SweepState::getFirst,
                measured,
                (block, state) -> BlockSums.spreads(block, Objects.requireNonNull(state)),
                (state, answers) ->
                    new SampledSweep(asked)
                        .chosen(
                            Objects.requireNonNull(state),
                            ScalableKMeans.join(BlockPass.numbers(answers)))))
        .apply("Clusterings", ParDo.of(new ClusteringsFn()));
  }

  private static final class ClusteringsFn extends DoFn<KV<String, SweepState>, Clustering> {
    private final Counter clusterings = Metrics.counter("surmala", "clusterings");
    private final Counter gathered = Metrics.counter("surmala", "gathered");

    @ProcessElement
    public void process(@Element KV<String, SweepState> model, OutputReceiver<Clustering> out) {
      List<Clustering> found = model.getValue().getClusterings();
      found.forEach(out::output);
      clusterings.inc(found.size());
      gathered.inc();
    }
  }
}
