package org.surmala.model.linear;

import org.surmala.metric.Covariance;
import org.surmala.metric.PrincipalComponents;
import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.InputSpec;
import org.surmala.model.LoadableRepresentation;
import org.surmala.model.OptionReader;
import org.surmala.model.PreprocessOptions;
import org.surmala.model.Preprocessor;
import org.surmala.model.Representations;
import org.surmala.model.Tensors;
import org.surmala.model.TrainingRows;
import org.surmala.schema.Model;

/**
 * Principal components of the preprocessed features, unscaled: the directions of greatest variance.
 * There are at most {@code latent} of them, and no more than columns or rows - 1.
 */
public final class PcaRepresentation extends LoadableRepresentation {
  private final InputSpec inputSpec;
  private final PreprocessOptions preprocess;
  private final int latent;

  public PcaRepresentation(OptionReader reader) {
    super("pca", reader);
    inputSpec = InputSpec.VECTOR.of(reader.choice("input", InputSpec.Part.AUTO));
    preprocess = PreprocessOptions.read(reader);
    latent = reader.integer("latent", 16, 1, 4096);
  }

  @Override
  public InputSpec inputSpec() {
    return inputSpec;
  }

  @Override
  public FittedModel fit(TrainingRows table, Setting setting) {
    Representations.requireRows(table);
    setting.requireGroupsFor(table.columns());
    Preprocessor preprocessor = Preprocessor.fit(table, preprocess, setting.groups());
    int columns = table.columns();
    float[] row = new float[columns];
    float[] prepared = new float[columns];
    Covariance covariance = new Covariance(columns);
    for (int r = 0; r < table.rows(); r++) {
      table.read(r, row, 0);
      preprocessor.apply(row, prepared, 0);
      covariance.add(prepared, 0);
    }
    PrincipalComponents components = PrincipalComponents.of(covariance);
    int count = Math.min(latent, Math.min(columns, table.rows() - 1));
    float[] directions = new float[count * columns];
    for (int k = 0; k < count; k++) {
      double[] axis = components.axis(k);
      for (int j = 0; j < columns; j++) {
        directions[k * columns + j] = (float) axis[j];
      }
    }
    return LinearModel.fitted(kind(), inputSpec, preprocessor, directions, table, setting.groups());
  }

  @Override
  public FittedModel load(Model model) {
    return new LinearModel(
        kind(),
        inputSpec,
        Preprocessor.load(model, preprocess),
        Tensors.values(model, "directions"),
        Diagnostics.read(model));
  }
}
