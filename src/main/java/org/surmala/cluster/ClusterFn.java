package org.surmala.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;
import org.surmala.io.ProgramFile;
import org.surmala.io.RecordCache;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;

final class ClusterFn extends DoFn<KV<String, Iterable<Embedding>>, Clustering> {
  /** Entries of four runs with the default models. */
  private static final int KEPT = 16;

  private final ClusterOptions options;
  private final ModelsWithClusters models;
  private final @Nullable String cache;
  private final Counter clusterings = Metrics.counter("surmala", "clusterings");
  private final Counter gathered = Metrics.counter("surmala", "gathered");
  private final Counter micros = Metrics.counter("surmala", "micros.cluster");

  /**
   * @param models models that define clusters; null for none
   * @param cache folder of the cache of clusterings, ending in a slash; null for none
   */
  ClusterFn(ClusterOptions options, ModelsWithClusters models, @Nullable String cache) {
    this.options = options;
    this.models = models;
    this.cache = cache;
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
    boolean isCached = cache != null && points.length <= ClusterSweep.MOST_EXACT;
    List<Clustering> found =
        new CachedSweep(
                options,
                new RecordCache(
                    cache == null ? "" : cache,
                    KEPT,
                    isCached ? ProgramFile.build() : Optional.empty()))
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
