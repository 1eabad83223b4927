package org.surmala.model;

import org.jspecify.annotations.Nullable;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;

/**
 * A fitted representation: embeds rows in the latent space. The embedding of a row depends on the
 * row alone, to the last bit: rows are computed one by one, in a fixed order of operations. Safe
 * for use by several threads.
 */
public interface FittedModel {
  /** What of a song it takes: its vector, where the kind does not say otherwise. */
  default InputSpec inputSpec() {
    return InputSpec.VECTOR;
  }

  /**
   * The embedding of a song: by default the mean of the embeddings of its rows.
   *
   * @param song what {@link #inputSpec} takes of it
   * @return {@link #latentDimensions()} values, a new array
   * @throws IllegalArgumentException when a row has another number of values than the model takes
   */
  default float[] embed(ModelInput song) {
    float[] vector = embed(song.rows().get(0));
    if (song.rows().size() > 1) {
      double[] sum = new double[vector.length];
      for (float[] row : song.rows()) {
        float[] found = embed(row);
        for (int d = 0; d < sum.length; d++) {
          sum[d] += found[d];
        }
      }
      for (int d = 0; d < sum.length; d++) {
        vector[d] = (float) (sum[d] / song.rows().size());
      }
    }
    return vector;
  }

  /** Number of values in a row of features. */
  int inputDimensions();

  /** Number of latent dimensions. */
  int latentDimensions();

  /**
   * The embedding of a row: for a variational model, the posterior mean.
   *
   * @param features {@link #inputDimensions()} values as featurize gives them; preprocessing with
   *     the training set's stored statistics is part of the model
   * @return {@link #latentDimensions()} values, a new array
   * @throws IllegalArgumentException when there is another number of values
   */
  float[] embed(float[] features);

  /**
   * A row in the directions in which the model found neighbours ({@link
   * org.surmala.model.linear.WithinSongLda}).
   *
   * @param features as for {@link #embed(float[])}
   * @return a new array; empty for a model without such directions
   */
  default float[] directions(float[] features) {
    return new float[0];
  }

  /**
   * The features that the model reconstructs from an embedding, after preprocessing: standardised
   * (and, where the options say so, transformed and weighted) values, not the raw ones.
   *
   * @param vector {@link #latentDimensions()} values
   * @return {@link #inputDimensions()} values, a new array
   * @throws IllegalArgumentException when there is another number of values
   */
  float[] decode(float[] vector);

  /**
   * The same for the embedding of a song, for a conditional model.
   *
   * @param label that the decoder is told; null for what songs are on average
   */
  default float[] decode(float[] vector, @Nullable String label) {
    return decode(vector);
  }

  /**
   * The features as the model sees them, after preprocessing: what {@link #decode} is compared to.
   *
   * @return {@link #inputDimensions()} values, a new array
   * @throws IllegalArgumentException when there is another number of values
   */
  float[] preprocess(float[] features);

  /** The clusters that the model itself brings with it; null for a kind without. */
  default @Nullable LatentMixture mixture() {
    return null;
  }

  /** The model as a record that {@link Representations#load} reads back. */
  Model toModel(String name, Provenance provenance);
}
