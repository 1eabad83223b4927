package org.surmala.embed;

import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.surmala.io.RecordCoder;
import org.surmala.schema.Embedding;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SegmentFeatures;

/**
 * Embeds each song under every model, in the order of the models' names. An embedding depends only
 * on song and model, to the last bit. Each worker process reads a model's file once.
 *
 * <p>Counters in namespace {@code surmala}: {@code embedded} (embeddings), {@code micros.embed}.
 */
public final class Embed extends PTransform<PCollection<SegmentFeatures>, PCollection<Embedding>> {
  private final PCollectionView<Map<String, ModelCheckpoint>> models;

  private Embed(PCollectionView<Map<String, ModelCheckpoint>> models) {
    this.models = models;
  }

  /** Embeds by the models of a view; without models there is no output. */
  public static Embed with(PCollectionView<Map<String, ModelCheckpoint>> models) {
    return new Embed(models);
  }

  @Override
  public PCollection<Embedding> expand(PCollection<SegmentFeatures> features) {
    return features
        .apply("Embed", ParDo.of(new EmbedFn(models)).withSideInputs(models))
        .setCoder(RecordCoder.of(Embedding.class));
  }
}
