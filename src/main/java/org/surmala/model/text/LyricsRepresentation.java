package org.surmala.model.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.FittedModel;
import org.surmala.model.InputSpec;
import org.surmala.model.LoadableRepresentation;
import org.surmala.model.OptionReader;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;

/** Lyrics alone, by {@link LyricsVectoriser}: the baseline of models of audio and lyrics. */
public final class LyricsRepresentation extends LoadableRepresentation {
  private final int buckets;
  private final int latent;

  public LyricsRepresentation(OptionReader reader) {
    super("lyrics", reader);
    buckets = readBuckets(reader);
    latent = reader.integer("latent", 16, 1, 512);
  }

  static int readBuckets(OptionReader reader) {
    return reader.integer("buckets", 16_384, 256, 262_144);
  }

  @Override
  public InputSpec inputSpec() {
    return InputSpec.VECTOR_AND_LYRICS;
  }

  @Override
  public FittedModel fit(TrainingRows table, Setting setting) {
    Representations.requireRows(table);
    return model(
        LyricsVectoriser.fit(kind(), table, buckets, latent, setting.seed()), table.columns());
  }

  @Override
  public FittedModel load(Model model) {
    return model(LyricsVectoriser.load(model), model.getInputDimensions());
  }

  private FittedModel model(LyricsVectoriser vectoriser, int features) {
    return new TextModel(
        kind(),
        features,
        vectoriser.dimensions(),
        new TextModel.Reader() {
          @Override
          public float @Nullable [] vector(@Nullable String lyrics) {
            return vectoriser.vector(lyrics);
          }

          @Override
          public List<Tensor> tensors() {
            return vectoriser.tensors();
          }
        });
  }
}
