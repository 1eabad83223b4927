package org.surmala.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.surmala.schema.KMeansState;
import org.surmala.schema.PointBlock;
import org.surmala.schema.SweepState;

/** Fits every clusterer to the sample of a model. */
final class FitSampleFn extends DoFn<KV<String, Iterable<PointBlock>>, KV<String, SweepState>> {
  private final ClusterOptions options;
  private final PCollectionView<Map<String, KMeansState>> states;
  private final ModelsWithClusters models;
  private final Counter micros = Metrics.counter("surmala", "micros.cluster");

  /**
   * @param states states of K-Means, with its centres
   */
  FitSampleFn(
      ClusterOptions options,
      PCollectionView<Map<String, KMeansState>> states,
      ModelsWithClusters models) {
    this.options = options;
    this.states = states;
    this.models = models;
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    long start = System.nanoTime();
    String model = context.element().getKey();
    PointBlock sample = joined(context.element().getValue());
    SweepState fitted =
        new SampledSweep(options)
            .fit(
                sample,
                Objects.requireNonNull(context.sideInput(states).get(model)),
                models.of(context, sample.getRepresentation(), sample.getModelVersion()));
    context.output(KV.of(model, fitted));
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  private record Row(String id, ByteBuffer values) {}

  /** The songs of several blocks as one block, by id. */
  static PointBlock joined(Iterable<PointBlock> blocks) {
    List<Row> rows = new ArrayList<>();
    PointBlock any = blocks.iterator().next();
    int width = any.getDimensions() * Float.BYTES;
    for (PointBlock block : blocks) {
      for (int i = 0; i < block.getIds().size(); i++) {
        rows.add(new Row(block.getIds().get(i), block.getValues().slice(i * width, width)));
      }
    }
    rows.sort(Comparator.comparing(Row::id));
    ByteBuffer values = ByteBuffer.allocate(rows.size() * width);
    rows.forEach(row -> values.put(row.values().duplicate()));
    return PointBlock.newBuilder(any)
        .setNumber(0)
        .setIds(rows.stream().map(Row::id).toList())
        .setValues(values.flip())
        .build();
  }
}
