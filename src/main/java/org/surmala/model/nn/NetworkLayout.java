package org.surmala.model.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.Tensors;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;

/**
 * The layers of a network, and the offsets of their parameters in one array: first every weight
 * matrix (inputs × outputs, row by row), then the rest, layer by layer.
 *
 * @param weights number of weights
 * @param parameters number of all parameters
 */
public record NetworkLayout(List<Layer> layers, int weights, int parameters) {
  /**
   * Gives the parameters of the layers their offsets.
   *
   * @throws ArithmeticException if there are more than 2³¹ − 1 weights
   */
  public static NetworkLayout of(List<Layer> bare) {
    int weights = 0;
    for (Layer layer : bare) {
      weights = Math.addExact(weights, Math.multiplyExact(layer.inputs(), layer.outputs()));
    }
    int weight = 0;
    int end = weights;
    List<Layer> layers = new ArrayList<>();
    for (Layer layer : bare) {
      Layer placed = layer.at(weight, end);
      layers.add(placed);
      weight += layer.inputs() * layer.outputs();
      end = placed.end();
    }
    return new NetworkLayout(List.copyOf(layers), weights, end);
  }

  /** The parameters as tensors, in the order of the layers. */
  public List<Tensor> tensors(float[] values) {
    List<Tensor> tensors = new ArrayList<>();
    forEach(
        (name, offset, shape) ->
            tensors.add(
                Tensors.tensor(
                    name, Arrays.copyOfRange(values, offset, offset + length(shape)), shape)));
    return tensors;
  }

  /**
   * The parameters in the tensors of a model.
   *
   * @throws IllegalArgumentException if the model lacks a tensor, or its size differs
   */
  public float[] read(Model model) {
    float[] all = new float[parameters];
    forEach(
        (name, offset, shape) -> {
          float[] values = Tensors.values(model, name);
          if (values.length != length(shape)) {
            throw new IllegalArgumentException(
                "tensor %s of model %s has %s values, not those of shape %s; fit it again"
                    .formatted(name, model.getName(), values.length, Arrays.toString(shape)));
          }
          System.arraycopy(values, 0, all, offset, values.length);
        });
    return all;
  }

  private interface TensorAction {
    void accept(String name, int offset, int... shape);
  }

  private void forEach(TensorAction action) {
    for (Layer layer : layers) {
      String name = layer.name();
      action.accept(name + ".weight", layer.weight(), layer.inputs(), layer.outputs());
      action.accept(name + ".bias", layer.bias(), layer.biases());
      if (layer.normalised()) {
        action.accept(name + ".gain", layer.gain(), layer.outputs());
        action.accept(name + ".shift", layer.shift(), layer.outputs());
      }
    }
  }

  private static int length(int[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Sets the parameters to those of a model, or to initial ones if there is none. */
  public void begin(float[] p, float @Nullable [] from, long seed) {
    if (from == null) {
      initialise(p, new SeededRandom(seed, RngStreams.WEIGHTS));
    } else {
      System.arraycopy(from, 0, p, 0, from.length);
    }
  }

  /**
   * Sets variance-preserving initial weights: variance 2 / inputs before a rectifier (He et al.,
   * 2015), 1 / inputs elsewhere. The inputs of a value of a transposed convolution are those of all
   * windows that cover it. Log-variances start near 0, where the posterior equals the prior.
   */
  private void initialise(float[] p, SeededRandom random) {
    for (Layer layer : layers) {
      double inputs = layer.inputs();
      ConvShape shape = layer.shape();
      if (shape != null && layer.transposed()) {
        inputs *= (double) shape.windows() * shape.windowValues() / shape.values();
      }
      double gain = layer.hidden() && layer.activation() != Activation.TANH ? 2 : 1;
      double deviation = Math.sqrt(gain / inputs);
      for (int i = 0; i < layer.inputs() * layer.outputs(); i++) {
        boolean logVariance = layer.posterior() && i % layer.outputs() >= layer.outputs() / 2;
        p[layer.weight() + i] = (float) (random.gaussian() * deviation * (logVariance ? 0.1 : 1));
      }
      if (layer.normalised()) {
        Arrays.fill(p, layer.gain(), layer.gain() + layer.outputs(), 1);
      }
    }
  }
}
