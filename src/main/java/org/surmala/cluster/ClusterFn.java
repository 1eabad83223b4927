package org.surmala.cluster;

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
  private final Counter clusterings = Metrics.counter("surmala", "clusterings");
  private final Counter micros = Metrics.counter("surmala", "micros.cluster");

  ClusterFn(ClusterOptions options) {
    this.options = options;
  }

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<Embedding>> model, OutputReceiver<Clustering> out) {
    long start = System.nanoTime();
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
                points);
    found.forEach(out::output);
    clusterings.inc(found.size());
    micros.inc((System.nanoTime() - start) / 1_000);
  }
}
