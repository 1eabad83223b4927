package org.surmala.embed;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.surmala.schema.Embedding;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SegmentFeatures;

/** Embeds one song at a time. */
final class EmbedFn extends DoFn<SegmentFeatures, Embedding> {
  private final PCollectionView<Map<String, ModelCheckpoint>> models;
  private final Counter embedded = Metrics.counter("surmala", "embedded");
  private final Counter micros = Metrics.counter("surmala", "micros.embed");

  EmbedFn(PCollectionView<Map<String, ModelCheckpoint>> models) {
    this.models = models;
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    SegmentFeatures song = context.element();
    for (ModelCheckpoint checkpoint : new TreeMap<>(context.sideInput(models)).values()) {
      SongEmbedder embedder = LoadedModels.get(checkpoint);
      long start = System.nanoTime();
      Embedding embedding = embedder.embed(song);
      micros.inc(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
      context.output(embedding);
      embedded.inc();
    }
  }
}
