package org.surmala.model.conv;

import java.util.List;
import org.surmala.model.Tensors;
import org.surmala.model.TrainingRows;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;

/**
 * Standardises patches per band, with mean and standard deviation over the frames of the training
 * set's patches. A band that is constant there is 0 in every patch.
 */
final class PatchScale {
  private final int columns;
  private final float[] mean;
  private final float[] scale;

  private PatchScale(int columns, float[] mean, float[] scale) {
    this.columns = columns;
    this.mean = mean;
    this.scale = scale;
  }

  /** Fits mean and standard deviation; refuses values that are not finite. */
  static PatchScale fit(TrainingRows table) {
    int bands = table.bands();
    int frames = table.columns() / bands;
    double[] sum = new double[bands];
    double[] squares = new double[bands];
    float[] row = new float[table.columns()];
    for (int r = 0; r < table.rows(); r++) {
      table.read(r, row, 0);
      for (int i = 0; i < row.length; i++) {
        if (!Float.isFinite(row[i])) {
          throw new IllegalArgumentException(
              "patch " + r + " has " + row[i] + " at " + i + "; every value must be finite");
        }
        sum[i / frames] += row[i];
        squares[i / frames] += (double) row[i] * row[i];
      }
    }
    float[] mean = new float[bands];
    float[] scale = new float[bands];
    double count = (double) table.rows() * frames;
    for (int b = 0; b < bands; b++) {
      double middle = sum[b] / count;
      double deviation = Math.sqrt(Math.max(0, squares[b] / count - middle * middle));
      mean[b] = (float) middle;
      // A constant may seem to vary by rounding alone.
      scale[b] = deviation > 1e-6 * (1 + Math.abs(middle)) ? (float) deviation : 0;
    }
    return new PatchScale(table.columns(), mean, scale);
  }

  int bands() {
    return mean.length;
  }

  int columns() {
    return columns;
  }

  /** Standardises a patch in place. */
  void apply(float[] row) {
    int frames = columns / mean.length;
    for (int i = 0; i < columns; i++) {
      int band = i / frames;
      row[i] = scale[band] == 0 ? 0 : (row[i] - mean[band]) / scale[band];
    }
  }

  List<Tensor> tensors() {
    return List.of(
        Tensors.tensor("input.mean", mean, mean.length),
        Tensors.tensor("input.scale", scale, scale.length));
  }

  static PatchScale load(Model model) {
    return new PatchScale(
        model.getInputDimensions(),
        Tensors.values(model, "input.mean"),
        Tensors.values(model, "input.scale"));
  }
}
