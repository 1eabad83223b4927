package org.surmala.cluster;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;
import org.surmala.schema.ModelCheckpoint;

/**
 * Clusters songs: gathers the embeddings of each model and sorts them by id, fits every clusterer
 * over the range of k, and marks the k that it chooses with its reason. A model with fewer than
 * {@link ClusterSweep#LEAST_SONGS} songs gives nothing.
 *
 * <p>Counters: {@code clusterings}, how many were made; {@code micros.cluster}, microseconds of
 * work.
 */
public final class Cluster extends PTransform<PCollection<Embedding>, PCollection<Clustering>> {
  private static final long serialVersionUID = 1L;

  private final ClusterOptions options;
  private final @Nullable PCollectionView<Map<String, ModelCheckpoint>> models;

  private Cluster(
      ClusterOptions options, @Nullable PCollectionView<Map<String, ModelCheckpoint>> models) {
    this.options = options;
    this.models = models;
  }

  /** Clusters by these options. */
  public static Cluster with(ClusterOptions options) {
    return new Cluster(options, null);
  }

  /**
   * Takes the clusters that models bring with them from these checkpoints, by the models' names.
   */
  public Cluster withModels(PCollectionView<Map<String, ModelCheckpoint>> checkpoints) {
    return new Cluster(options, checkpoints);
  }

  @Override
  public PCollection<Clustering> expand(PCollection<Embedding> embeddings) {
    return embeddings
        .apply(
            "ByModel",
            WithKeys.of((Embedding e) -> e.getRepresentation() + "\n" + e.getModelVersion())
                .withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.of(Embedding.class)))
        .apply("GatherModel", GroupByKey.create())
        .apply(
            "Fit",
            ParDo.of(new ClusterFn(options, models))
                .withSideInputs(models == null ? List.of() : List.of(models)))
        .setCoder(AvroCoder.of(Clustering.class));
  }
}
