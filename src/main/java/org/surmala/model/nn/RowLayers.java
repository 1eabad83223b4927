package org.surmala.model.nn;

import java.util.Arrays;
import java.util.List;

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

  /** The output of the last layer, computed with all parameters of the network; a new array. */
  public static float[] through(List<Layer> layers, float[] p, float[] row) {
    float[] value = row;
    for (Layer layer : layers) {
      value = through(layer, p, value);
    }
    return value;
  }

  private static float[] through(Layer layer, float[] p, float[] row) {
    ConvShape shape = layer.shape();
    float[] next =
        shape == null
            ? affine(layer, p, row)
            : layer.transposed()
                ? convolvedTransposed(layer, p, shape, row)
                : convolved(layer, p, shape, row);
    int outputs = layer.outputs();
    if (layer.normalised()) {
      KERNELS.normalise(
          next, 1, outputs, p, layer.gain(), layer.shift(), new float[outputs], new float[1]);
    }
    if (layer.activation() != null) {
      KERNELS.activate(layer.activation(), next, next.length);
    }
    return next;
  }

  private static float[] affine(Layer layer, float[] p, float[] row) {
    float[] next = Arrays.copyOfRange(p, layer.bias(), layer.bias() + layer.outputs());
    addProduct(p, layer, row, 0, next, 0);
    return next;
  }

  private static float[] convolved(Layer layer, float[] p, ConvShape shape, float[] image) {
    int width = shape.windowValues();
    int filters = layer.outputs();
    float[] windows = new float[shape.windows() * width];
    KERNELS.unfold(shape, image, 0, windows);
    float[] result = new float[shape.windows() * filters];
    for (int w = 0; w < shape.windows(); w++) {
      System.arraycopy(p, layer.bias(), result, w * filters, filters);
      addProduct(p, layer, windows, w * width, result, w * filters);
    }
    return result;
  }

  private static float[] convolvedTransposed(
      Layer layer, float[] p, ConvShape shape, float[] places) {
    int width = shape.windowValues();
    float[] windows = new float[shape.windows() * width];
    for (int w = 0; w < shape.windows(); w++) {
      addProduct(p, layer, places, w * layer.inputs(), windows, w * width);
    }
    float[] image = new float[shape.values()];
    KERNELS.fold(shape, windows, image, 0);
    KERNELS.addBias(image, image.length / shape.channels(), shape.channels(), p, layer.bias());
    return image;
  }

  /** into += factors · weights. */
  private static void addProduct(
      float[] p, Layer layer, float[] factors, int first, float[] into, int offset) {
    int outputs = layer.outputs();
    for (int k = 0; k < layer.inputs(); k++) {
      float factor = factors[first + k];
      // Half of a rectified layer's values are 0: skip them.
      if (factor != 0) {
        int row = layer.weight() + k * outputs;
        for (int j = 0; j < outputs; j++) {
          into[offset + j] += factor * p[row + j];
        }
      }
    }
  }
}
