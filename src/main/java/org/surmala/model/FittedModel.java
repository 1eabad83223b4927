package org.surmala.model;

import org.jspecify.annotations.Nullable;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;

/**
 * A fitted representation: embeds rows in the latent space. The embedding of a row depends only on
 * the row, to the last bit: rows are computed one by one, in a fixed order of operations. Safe for
 * use by several threads.
 */
public interface FittedModel {
  /** The model's input; by default the song vector. */
  default InputSpec inputSpec() {
    return InputSpec.VECTOR;
  }

  /**
   * The embedding of a song: by default the mean of the embeddings of its rows.
   *
   * @param song the song as read by {@link #inputSpec}
   * @return {@link #latentDimensions()} values, a new array
   * @throws IllegalArgumentException if a row has the wrong number of values
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

  /** Number of latent dimensions. */
  int latentDimensions();

  /**
   * The embedding of a row: for a variational model, the posterior mean.
   *
   * @param features as many raw values as a row of the training set has; the model preprocesses
   *     them with its stored statistics
   * @return {@link #latentDimensions()} values, a new array
   * @throws IllegalArgumentException if the number of values is wrong
   */
  float[] embed(float[] features);

  /**
   * Projects a row on the song directions of the model ({@link
   * org.surmala.model.linear.WithinSongLda}).
   *
   * @param features as for {@link #embed(float[])}
   * @return a new array; empty for a model without such directions
   */
  default float[] directions(float[] features) {
    return new float[0];
  }

  /**
   * Reconstructs features from an embedding: standardised values (transformed and weighted if the
   * options say so), not raw ones.
   *
   * @param vector {@link #latentDimensions()} values
   * @return one value per feature, a new array
   * @throws IllegalArgumentException if the number of values is wrong
   */
  float[] decode(float[] vector);

  /** Reconstructs features with the label of a conditional model; null for the average song. */
  default float[] decode(float[] vector, @Nullable String label) {
    return decode(vector);
  }

  /**
   * The preprocessed features, comparable to the output of {@link #decode}.
   *
   * @return one value per feature, a new array
   * @throws IllegalArgumentException if the number of values is wrong
   */
  float[] preprocess(float[] features);

  /** The clusters that the model defines; null if it defines none. */
  default @Nullable LatentMixture mixture() {
    return null;
  }

  /** The model as a record that {@link Representations#load} reads back. */
  Model toModel(String name, Provenance provenance);
}
