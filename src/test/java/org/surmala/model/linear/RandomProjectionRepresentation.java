package org.surmala.model.linear;

import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.LoadableRepresentation;
import org.surmala.model.OptionReader;
import org.surmala.model.PreprocessOptions;
import org.surmala.model.Preprocessor;
import org.surmala.model.Representations;
import org.surmala.model.Tensors;
import org.surmala.model.TrainingRows;
import org.surmala.model.nn.SeededRandom;
import org.surmala.schema.Model;

/**
 * The preprocessed features on a few random orthonormal directions, which keep distances on the
 * whole (Johnson and Lindenstrauss, 1984): what a learnt projection should do better than.
 */
final class RandomProjectionRepresentation extends LoadableRepresentation {
  private static final long DIRECTIONS = 500;

  private final PreprocessOptions preprocess;
  private final int latent;

  RandomProjectionRepresentation(OptionReader reader) {
    super("random_projection", reader);
    preprocess = PreprocessOptions.read(reader);
    latent = reader.integer("latent", 16, 1, 4096);
  }

  @Override
  public FittedModel fit(TrainingRows table, Setting setting) {
    Representations.requireRows(table);
    setting.requireGroupsFor(table.columns());
    int columns = table.columns();
    int count = Math.min(latent, columns);
    SeededRandom noise = new SeededRandom(setting.seed(), DIRECTIONS);
    float[] directions = new float[count * columns];
    for (int k = 0; k < count; k++) {
      double[] direction = new double[columns];
      for (int j = 0; j < columns; j++) {
        direction[j] = noise.gaussian();
      }
      for (int other = 0; other < k; other++) {
        double along = 0;
        for (int j = 0; j < columns; j++) {
          along += direction[j] * directions[other * columns + j];
        }
        for (int j = 0; j < columns; j++) {
          direction[j] -= along * directions[other * columns + j];
        }
      }
      double square = 0;
      for (double value : direction) {
        square += value * value;
      }
      for (int j = 0; j < columns; j++) {
        directions[k * columns + j] = (float) (direction[j] / Math.sqrt(square));
      }
    }
    return LinearModel.fitted(
        kind(),
        inputSpec(),
        Preprocessor.fit(table, preprocess, setting.groups()),
        directions,
        table,
        setting.groups());
  }

  @Override
  public FittedModel load(Model model) {
    return new LinearModel(
        kind(),
        inputSpec(),
        Preprocessor.load(model, preprocess),
        Tensors.values(model, "directions"),
        Diagnostics.read(model));
  }
}
