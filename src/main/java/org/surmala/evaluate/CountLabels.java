package org.surmala.evaluate;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.surmala.io.RecordCoder;
import org.surmala.io.Shards;
import org.surmala.schema.LabelCell;
import org.surmala.schema.SongClusters;
import org.surmala.schema.SongRef;

/**
 * Counts songs by label and cluster, shard by shard. Inputs: {@link Evaluate#SONGS} and {@link
 * Evaluate#CLUSTERS}; output: the cells of each model's contingency table.
 */
final class CountLabels extends PTransform<PCollectionTuple, PCollection<KV<String, LabelCell>>> {
  private static final TupleTag<SongRef> LABELLED = new TupleTag<>("labelled") {};
  private static final TupleTag<SongClusters> CLUSTERED = new TupleTag<>("clustered") {};

  private final Shards shards;

  CountLabels(Shards shards) {
    this.shards = shards;
  }

  @Override
  public PCollection<KV<String, LabelCell>> expand(PCollectionTuple input) {
    Shards count = shards;
    PCollection<KV<Integer, SongRef>> songs =
        input
            .get(Evaluate.SONGS)
            .apply("Labelled", Filter.by((SongRef song) -> song.getLanguage() != null))
            .apply(
                "Slim",
                MapElements.into(TypeDescriptor.of(SongRef.class))
                    .via(song -> SongRef.newBuilder(song).setLyrics(null).build()))
            .setCoder(RecordCoder.of(SongRef.class))
            .apply(
                "SongsByShard",
                WithKeys.of((SongRef song) -> count.of(song.getId()))
                    .withKeyType(TypeDescriptors.integers()));
    PCollection<KV<Integer, SongClusters>> clusters =
        input
            .get(Evaluate.CLUSTERS)
            .apply(
                "ClustersByShard",
                WithKeys.of((SongClusters song) -> count.of(song.getId()))
                    .withKeyType(TypeDescriptors.integers()));
    return KeyedPCollectionTuple.of(LABELLED, songs)
        .and(CLUSTERED, clusters)
        .apply("GatherShard", CoGroupByKey.create())
        .apply("Count", ParDo.of(new CountFn()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(LabelCell.class)));
  }

  private static final class CountFn extends DoFn<KV<Integer, CoGbkResult>, KV<String, LabelCell>> {
    private record Cell(String model, int clustering, String label, int cluster) {}

    @ProcessElement
    public void process(
        @Element KV<Integer, CoGbkResult> shard, OutputReceiver<KV<String, LabelCell>> out) {
      Map<String, String> labels = new HashMap<>();
      for (SongRef song : shard.getValue().getAll(LABELLED)) {
        labels.put(song.getId(), song.getLanguage());
      }
      Map<Cell, Integer> counts = new HashMap<>();
      for (SongClusters song : shard.getValue().getAll(CLUSTERED)) {
        String label = labels.get(song.getId());
        if (label == null) {
          continue;
        }
        String model = song.getRepresentation() + "\n" + song.getModelVersion();
        IntBuffer clusters =
            song.getClusters().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        for (int number = 0; clusters.hasRemaining(); number++) {
          counts.merge(new Cell(model, number, label, clusters.get()), 1, Integer::sum);
        }
      }
      counts.forEach(
          (cell, songs) ->
              out.output(
                  KV.of(
                      cell.model(),
                      new LabelCell(cell.clustering(), cell.label(), cell.cluster(), songs))));
    }
  }
}
