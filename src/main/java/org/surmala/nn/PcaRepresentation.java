package org.surmala.nn;

import java.util.Map;
import org.surmala.schema.Model;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * Principal components of the preprocessed features, unscaled: the directions of greatest variance.
 * Of the {@code latent} that are asked for there are no more than columns, nor than rows less one.
 */
final class PcaRepresentation implements LoadableRepresentation {
  private final PreprocessOptions preprocess;
  private final int latent;
  private final Map<String, String> options;

  PcaRepresentation(OptionReader reader) {
    preprocess = PreprocessOptions.read(reader);
    latent = reader.integer("latent", 16, 1, 4096);
    options = reader.all();
  }

  @Override
  public String kind() {
    return "pca";
  }

  @Override
  public Map<String, String> options() {
    return options;
  }

  @Override
  public FittedModel fit(Table table, Setting setting) {
    Representations.requireRows(table);
    setting.requireGroupsFor(table.columns());
    Blas.useOneThread();
    Preprocessor preprocessor = Preprocessor.fit(table, preprocess, setting.groups());
    int columns = table.columns();
    Matrix.EVD eigen = covariance(table, preprocessor).eigen(false, true, true).sort();
    int count = Math.min(latent, Math.min(columns, table.rows() - 1));
    float[] directions = new float[count * columns];
    for (int k = 0; k < count; k++) {
      // An eigenvector's sign is arbitrary; its greatest entry is made positive.
      int greatest = 0;
      for (int j = 1; j < columns; j++) {
        if (Math.abs(eigen.Vr.get(j, k)) > Math.abs(eigen.Vr.get(greatest, k))) {
          greatest = j;
        }
      }
      double sign = eigen.Vr.get(greatest, k) < 0 ? -1 : 1;
      for (int j = 0; j < columns; j++) {
        directions[k * columns + j] = (float) (sign * eigen.Vr.get(j, k));
      }
    }
    return new LinearModel(kind(), preprocessor, directions);
  }

  private static Matrix covariance(Table table, Preprocessor preprocessor) {
    int columns = table.columns();
    float[] row = new float[columns];
    float[] prepared = new float[columns];
    double[] mean = new double[columns];
    double[][] product = new double[columns][columns];
    for (int r = 0; r < table.rows(); r++) {
      table.read(r, row, 0);
      preprocessor.apply(row, 0, prepared, 0);
      for (int i = 0; i < columns; i++) {
        double value = prepared[i];
        mean[i] += value;
        double[] into = product[i];
        for (int j = 0; j < columns; j++) {
          into[j] += value * prepared[j];
        }
      }
    }
    int rows = table.rows();
    Matrix covariance = new Matrix(columns, columns);
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        covariance.set(i, j, (product[i][j] - mean[i] * mean[j] / rows) / rows);
      }
    }
    covariance.uplo(UPLO.LOWER);
    return covariance;
  }

  @Override
  public FittedModel load(Model model) {
    return new LinearModel(
        kind(), Preprocessor.load(model, preprocess), Tensors.values(model, "directions"));
  }
}
