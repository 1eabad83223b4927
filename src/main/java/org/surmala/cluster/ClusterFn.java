package org.surmala.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;

final class ClusterFn extends DoFn<KV<String, Iterable<Embedding>>, Clustering> {
  private final ClusterOptions options;
  private final ModelsWithClusters models;
  private final Counter clusterings = Metrics.counter("surmala", "clusterings");
  private final Counter gathered = Metrics.counter("surmala", "gathered");
  private final Counter micros = Metrics.counter("surmala", "micros.cluster");

  /**
   * @param models models that define clusters; null for none
   */
  ClusterFn(ClusterOptions options, ModelsWithClusters models) {
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
                models.of(context, first.getRepresentation(), first.getModelVersion()));
    found.forEach(context::output);
    clusterings.inc(found.size());
    gathered.inc();
    micros.inc((System.nanoTime() - start) / 1_000);
  }
}
