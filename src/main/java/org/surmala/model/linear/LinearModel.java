package org.surmala.model.linear;

import java.util.ArrayList;
import java.util.List;
import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.InputSpec;
import org.surmala.model.Preprocessor;
import org.surmala.model.Tensors;
import org.surmala.model.TrainingRows;
import org.surmala.model.nn.RowLayers;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;
import org.surmala.schema.Tensor;

/** A linear model: preprocessed features, projected on directions if there are any. */
public final class LinearModel implements FittedModel {
  private final String kind;
  private final InputSpec inputSpec;
  private final Preprocessor preprocessor;
  private final Diagnostics diagnostics;
  private final int latent;

  /** latent × input, row by row; empty for the identity. */
  private final float[] directions;

  /** Inverse map, latent × input; equals the directions if they are orthonormal. */
  private final float[] inverse;

  /**
   * @param directions latent × input, orthonormal, row by row; empty for the identity
   */
  public LinearModel(
      String kind,
      InputSpec inputSpec,
      Preprocessor preprocessor,
      float[] directions,
      Diagnostics diagnostics) {
    this(kind, inputSpec, preprocessor, directions, directions, diagnostics);
  }

  /**
   * @param directions latent × input, row by row
   * @param inverse latent × input: a projection times the inverse is the least-squares
   *     reconstruction
   */
  LinearModel(
      String kind,
      InputSpec inputSpec,
      Preprocessor preprocessor,
      float[] directions,
      float[] inverse,
      Diagnostics diagnostics) {
    this.kind = kind;
    this.inputSpec = inputSpec;
    this.diagnostics = diagnostics;
    this.preprocessor = preprocessor;
    this.directions = directions;
    this.inverse = inverse;
    latent =
        directions.length == 0
            ? preprocessor.columns()
            : directions.length / preprocessor.columns();
  }

  /** A model fitted on the table, with diagnostics. */
  public static LinearModel fitted(
      String kind,
      InputSpec inputSpec,
      Preprocessor preprocessor,
      float[] directions,
      TrainingRows table,
      List<String> groups) {
    return new LinearModel(kind, inputSpec, preprocessor, directions, Diagnostics.none())
        .with(table, groups);
  }

  /** The same model, with diagnostics over the table. */
  LinearModel with(TrainingRows table, List<String> groups) {
    return new LinearModel(
        kind,
        inputSpec,
        preprocessor,
        directions,
        inverse,
        Diagnostics.of(this, null, table, groups));
  }

  @Override
  public InputSpec inputSpec() {
    return inputSpec;
  }

  @Override
  public int latentDimensions() {
    return latent;
  }

  @Override
  public float[] embed(float[] features) {
    float[] row = preprocessor.apply(features);
    if (directions.length == 0) {
      return row;
    }
    float[] vector = new float[latent];
    for (int k = 0; k < latent; k++) {
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        sum += (double) directions[k * row.length + j] * row[j];
      }
      vector[k] = (float) sum;
    }
    return vector;
  }

  @Override
  public float[] decode(float[] vector) {
    RowLayers.requireLatent(vector, latent);
    if (directions.length == 0) {
      return vector.clone();
    }
    int input = preprocessor.columns();
    float[] row = new float[input];
    for (int j = 0; j < input; j++) {
      double sum = 0;
      for (int k = 0; k < latent; k++) {
        sum += (double) inverse[k * input + j] * vector[k];
      }
      row[j] = (float) sum;
    }
    return row;
  }

  @Override
  public float[] preprocess(float[] features) {
    return preprocessor.apply(features);
  }

  @Override
  public Model toModel(String name, Provenance provenance) {
    List<Tensor> tensors = new ArrayList<>(preprocessor.tensors());
    if (directions.length > 0) {
      tensors.add(Tensors.tensor("directions", directions, latent, preprocessor.columns()));
    }
    if (inverse != directions) {
      tensors.add(Tensors.tensor("inverse", inverse, latent, preprocessor.columns()));
    }
    return diagnostics.write(
        Model.newBuilder()
            .setName(name)
            .setKind(kind)
            .setInputDimensions(preprocessor.columns())
            .setLatentDimensions(latent)
            .setTensors(tensors)
            .setProvenance(provenance)
            .setHistory(List.of()));
  }
}
