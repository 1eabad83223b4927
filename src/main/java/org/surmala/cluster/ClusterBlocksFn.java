package org.surmala.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.surmala.schema.Clustering;
import org.surmala.schema.KMeansState;
import org.surmala.schema.PointBlock;

/** Sweeps k over the songs of one model in blocks, with centres already fitted. */
final class ClusterBlocksFn extends DoFn<KV<String, Iterable<PointBlock>>, Clustering> {
  private final ClusterOptions options;
  private final PCollectionView<Map<String, KMeansState>> states;
  private final ModelsWithClusters models;
  private final Counter clusterings = Metrics.counter("surmala", "clusterings");
  private final Counter gathered = Metrics.counter("surmala", "gathered");
  private final Counter micros = Metrics.counter("surmala", "micros.cluster");

  ClusterBlocksFn(
      ClusterOptions options,
      PCollectionView<Map<String, KMeansState>> states,
      ModelsWithClusters models) {
    this.options = options;
    this.states = states;
    this.models = models;
  }

  // Carries an array; never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Song(String id, double[] point) {}

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    long start = System.nanoTime();
    List<PointBlock> blocks = new ArrayList<>();
    context.element().getValue().forEach(blocks::add);
    List<Song> songs = new ArrayList<>();
    for (PointBlock block : blocks) {
      double[][] points = ScalableKMeans.points(block);
      IntStream.range(0, points.length)
          .forEach(i -> songs.add(new Song(block.getIds().get(i), points[i])));
    }
    songs.sort(Comparator.comparing(Song::id));
    Map<Integer, double[][]> centres =
        DistributedKMeans.byK(
            Objects.requireNonNull(context.sideInput(states).get(context.element().getKey())));
    PointBlock first = blocks.get(0);
    List<Clustering> found =
        new ClusterSweep(options, centres)
            .run(
                first.getRepresentation(),
                first.getModelVersion(),
                songs.stream().map(Song::id).toList(),
                songs.stream().map(Song::point).toArray(double[][]::new),
                models.of(context, first.getRepresentation(), first.getModelVersion()));
    found.forEach(context::output);
    clusterings.inc(found.size());
    gathered.inc();
    micros.inc((System.nanoTime() - start) / 1_000);
  }
}
