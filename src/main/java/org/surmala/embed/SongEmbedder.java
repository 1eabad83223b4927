package org.surmala.embed;

import java.util.ArrayList;
import java.util.List;
import org.surmala.model.FittedModel;
import org.surmala.model.ModelInput;
import org.surmala.model.Representations;
import org.surmala.schema.Embedding;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SegmentFeatures;

/**
 * Embeds songs by one model, which was fitted with a feature version. Safe for use by several
 * threads.
 */
public record SongEmbedder(ModelCheckpoint checkpoint, String spec, FittedModel model) {
  /**
   * An embedder for a model.
   *
   * @throws IllegalArgumentException if the kind of the model is unknown or a tensor is missing
   */
  public static SongEmbedder of(ModelCheckpoint checkpoint, Model model) {
    return new SongEmbedder(
        checkpoint, model.getProvenance().getFeatureSpec(), Representations.load(model));
  }

  /**
   * The embedding of the song.
   *
   * @throws IllegalArgumentException if its feature version differs from the model's
   */
  public Embedding embed(SegmentFeatures song) {
    if (!spec.equals(song.getSpec())) {
      throw new IllegalArgumentException(
          "song %s has features of specification %s; model %s was fitted on %s"
              .formatted(song.getId(), song.getSpec(), checkpoint.getName(), spec));
    }
    ModelInput input = model.inputSpec().all(song);
    float[] directions = model.directions(input.rows().get(0));
    return new Embedding(
        song.getId(),
        checkpoint.getName(),
        checkpoint.getVersion(),
        boxed(model.embed(input)),
        directions.length == 0 ? null : boxed(directions));
  }

  private static List<Float> boxed(float[] values) {
    List<Float> boxed = new ArrayList<>(values.length);
    for (float value : values) {
      boxed.add(value);
    }
    return boxed;
  }
}
