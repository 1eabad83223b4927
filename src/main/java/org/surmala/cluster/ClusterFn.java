package org.surmala.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;
import org.surmala.checkpoint.CheckpointFile;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;

final class ClusterFn extends DoFn<KV<String, Iterable<Embedding>>, Clustering> {
  private final ClusterOptions options;
  private final @Nullable PCollectionView<Map<String, ModelCheckpoint>> models;
  private final Counter clusterings = Metrics.counter("surmala", "clusterings");
  private final Counter micros = Metrics.counter("surmala", "micros.cluster");

  /**
   * @param models whose own clusters count too; null for none
   */
  ClusterFn(
      ClusterOptions options, @Nullable PCollectionView<Map<String, ModelCheckpoint>> models) {
    this.options = options;
    this.models = models;
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    long start = System.nanoTime();
    KV<String, Iterable<Embedding>> model = context.element();
    List<Embedding> embeddings = new ArrayList<>();
    model.getValue().forEach(embeddings::add);
    embeddings.sort(Comparator.comparing(Embedding::getId));
    double[][] points =
        embeddings.stream()
            .map(e -> e.getVector().stream().mapToDouble(Float::doubleValue).toArray())
            .toArray(double[][]::new);
    Embedding first = embeddings.get(0);
    List<Clustering> found =
        new ClusterSweep(options)
            .run(
                first.getRepresentation(),
                first.getModelVersion(),
                embeddings.stream().map(Embedding::getId).toList(),
                points,
                own(context, first));
    found.forEach(context::output);
    clusterings.inc(found.size());
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  private @Nullable Model own(ProcessContext context, Embedding embedding) throws IOException {
    if (models == null || !options.algorithms().contains(ClusterAlgorithm.MODEL)) {
      return null;
    }
    ModelCheckpoint checkpoint = context.sideInput(models).get(embedding.getRepresentation());
    return checkpoint == null || !checkpoint.getVersion().equals(embedding.getModelVersion())
        ? null
        : CheckpointFile.read(checkpoint);
  }
}
