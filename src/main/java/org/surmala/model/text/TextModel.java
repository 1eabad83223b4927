package org.surmala.model.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.InputSpec;
import org.surmala.model.ModelInput;
import org.surmala.model.nn.RowLayers;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;
import org.surmala.schema.Tensor;

/**
 * A fitted representation of lyrics alone. A song without lyrics is at the origin. An embedding has
 * no information about the audio: it decodes to the mean of every feature.
 *
 * @param features number of features of a song, which are ignored
 */
record TextModel(String kind, int features, int latent, Reader reader) implements FittedModel {
  /** Reads lyrics. */
  interface Reader {
    /** The vector, a new array; null if there is no text to read. */
    float @Nullable [] vector(@Nullable String lyrics);

    /** The saved state. */
    List<Tensor> tensors();
  }

  @Override
  public InputSpec inputSpec() {
    return InputSpec.VECTOR_AND_LYRICS;
  }

  @Override
  public int latentDimensions() {
    return latent;
  }

  @Override
  public float[] embed(ModelInput song) {
    preprocess(song.rows().get(0));
    float[] vector = reader.vector(song.lyrics());
    return vector == null ? new float[latent] : vector;
  }

  @Override
  public float[] embed(float[] row) {
    return embed(new ModelInput(List.of(row), null));
  }

  @Override
  public float[] decode(float[] vector) {
    RowLayers.requireLatent(vector, latent);
    return new float[features];
  }

  @Override
  public float[] preprocess(float[] row) {
    if (row.length != features) {
      throw new IllegalArgumentException(
          "a row has " + row.length + " values; the model was fitted on " + features);
    }
    return new float[features];
  }

  @Override
  public Model toModel(String name, Provenance provenance) {
    return new Diagnostics(List.of(), latent, null, java.util.Map.of(), null)
        .write(
            Model.newBuilder()
                .setName(name)
                .setKind(kind)
                .setInputDimensions(features)
                .setLatentDimensions(latent)
                .setTensors(new ArrayList<>(reader.tensors()))
                .setProvenance(provenance)
                .setHistory(List.of()));
  }
}
