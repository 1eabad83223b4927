package org.surmala.cluster;

import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.surmala.io.RecordCoder;
import org.surmala.io.Shards;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;
import org.surmala.schema.KMeansState;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.PointBlock;

/**
 * Clusters songs: gathers the embeddings of each model and sorts them by id, fits every clusterer
 * over the range of k, and marks the k that it chooses with its reason. A model with fewer than
 * {@link ClusterSweep#LEAST_SONGS} songs gives nothing.
 *
 * <p>Counters: {@code clusterings}, how many were made; {@code gathered}, models whose songs were
 * clustered; {@code micros.cluster}, microseconds of work.
 */
public final class Cluster extends PTransform<PCollection<Embedding>, PCollection<Clustering>> {
  private static final long serialVersionUID = 1L;

  private final ClusterOptions options;
  private final ModelsWithClusters models;

  private Cluster(ClusterOptions options, ModelsWithClusters models) {
    this.options = options;
    this.models = models;
  }

  /** Clusters by these options. */
  public static Cluster with(ClusterOptions options) {
    return new Cluster(options, new ModelsWithClusters(null));
  }

  /**
   * Takes the clusters that models bring with them from these checkpoints, by the models' names.
   */
  public Cluster withModels(PCollectionView<Map<String, ModelCheckpoint>> checkpoints) {
    boolean wanted = options.algorithms().contains(ClusterAlgorithm.MODEL);
    return new Cluster(options, new ModelsWithClusters(wanted ? checkpoints : null));
  }

  @Override
  public PCollection<Clustering> expand(PCollection<Embedding> embeddings) {
    boolean isDistributed =
        options.blocks() > 0 && options.algorithms().contains(ClusterAlgorithm.KMEANS);
    return (isDistributed ? fromBlocks(embeddings) : gathered(embeddings))
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
        .apply("Fit", ParDo.of(new ClusterFn(options, models)).withSideInputs(models.sideInputs()));
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
    PCollectionView<Map<String, KMeansState>> fitted =
        blocks.apply("KMeans", new DistributedKMeans(options)).apply("Fitted", View.asMap());
    return blocks
        .apply(
            "ByModel", WithKeys.of(DistributedKMeans::key).withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(PointBlock.class)))
        .apply("GatherModel", GroupByKey.create())
        .apply(
            "Sweep",
            ParDo.of(new ClusterBlocksFn(options, fitted, models))
                .withSideInputs(fitted)
                .withSideInputs(models.sideInputs()));
  }
}
