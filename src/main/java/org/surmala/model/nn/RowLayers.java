package org.surmala.model.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Layers on one row at a time, without BLAS and in a fixed order of operations, so that a row's
 * result does not depend on other rows.
 */
public final class RowLayers {
  private static final Kernels<float[]> KERNELS = new FloatKernels();

  private RowLayers() {}

  /**
   * Checks the number of dimensions of a latent vector.
   *
   * @throws IllegalArgumentException if it differs from the model's
   */
  public static void requireLatent(float[] vector, int dimensions) {
    if (vector.length != dimensions) {
      throw new IllegalArgumentException(
          "a latent vector has %s values; the model has %s dimensions"
              .formatted(vector.length, dimensions));
    }
  }

  /**
   * An affine map; a new array.
   *
   * @param weight offset of the weights in {@code p}, inputs × outputs
   */
  public static float[] affine(float[] p, int weight, int bias, int outputs, float[] row) {
    float[] next = Arrays.copyOfRange(p, bias, bias + outputs);
    addProduct(p, weight, outputs, row, 0, row.length, next, 0);
    return next;
  }

  /** Applies the activation, if there is one, in place. */
  public static float[] activated(@Nullable Activation activation, float[] row) {
    if (activation != null) {
      KERNELS.activate(activation, row, row.length);
    }
    return row;
  }

  /** A convolution of one image; a new array. */
  public static float[] convolved(
      float[] p, int weight, int bias, ConvShape shape, int filters, float[] image) {
    int width = shape.windowValues();
    float[] windows = new float[shape.windows() * width];
    KERNELS.unfold(shape, image, 0, windows);
    float[] result = new float[shape.windows() * filters];
    for (int w = 0; w < shape.windows(); w++) {
      System.arraycopy(p, bias, result, w * filters, filters);
      addProduct(p, weight, filters, windows, w * width, width, result, w * filters);
    }
    return result;
  }

  /** A transposed convolution to one image; a new array. */
  public static float[] convolvedTransposed(
      float[] p, int weight, int bias, ConvShape shape, int filters, float[] places) {
    int width = shape.windowValues();
    float[] windows = new float[shape.windows() * width];
    for (int w = 0; w < shape.windows(); w++) {
      addProduct(p, weight, width, places, w * filters, filters, windows, w * width);
    }
    float[] image = new float[shape.values()];
    KERNELS.fold(shape, windows, image, 0);
    KERNELS.addBias(image, image.length / shape.channels(), shape.channels(), p, bias);
    return image;
  }

  /** into += factors · weights. */
  private static void addProduct(
      float[] p,
      int weight,
      int outputs,
      float[] factors,
      int first,
      int count,
      float[] into,
      int offset) {
    for (int k = 0; k < count; k++) {
      float factor = factors[first + k];
      // Half of a rectified layer's values are 0: skip them.
      if (factor != 0) {
        int row = weight + k * outputs;
        for (int j = 0; j < outputs; j++) {
          into[offset + j] += factor * p[row + j];
        }
      }
    }
  }
}
