package org.surmala.model.dense;

import java.util.ArrayList;
import java.util.List;
import org.surmala.model.Tensors;
import org.surmala.model.nn.Activation;

/**
 * The shape of a dense autoencoder: {@code input → hidden… → head → latent → hidden reversed… →
 * input}. In a conditional network, encoder and decoder read the condition after their other
 * inputs. Each hidden layer is an affine map, optional layer normalisation, an activation, and
 * dropout in training; the head and the output are affine.
 *
 * <p>All parameters are in one array: first every weight matrix (inputs × outputs, row by row),
 * then the rest.
 *
 * @param input number of values in a row
 * @param hidden widths of the encoder's layers; the decoder has them in reverse
 * @param variational whether the head gives means and log-variances ({@code 2 · latent} values) or
 *     latent vectors
 * @param dropout share of each hidden layer's values that are dropped in training
 * @param conditionSize number of values of the condition; 0 without one
 */
record DenseNetwork(
    int input,
    List<Integer> hidden,
    int latent,
    boolean variational,
    Activation activation,
    boolean layerNorm,
    double dropout,
    int conditionSize) {
  DenseNetwork {
    hidden = List.copyOf(hidden);
  }

  /**
   * An affine map and what follows it.
   *
   * @param weight offset of the weights in the array of all parameters
   * @param gain offset of the gains of layer normalisation; -1 without it
   * @param shift offset of its shifts; -1 without it
   * @param hidden whether an activation follows
   */
  record Layer(
      String name,
      int inputs,
      int outputs,
      int weight,
      int bias,
      int gain,
      int shift,
      boolean hidden) {
    boolean normalised() {
      return gain >= 0;
    }
  }

  /** The position of each layer's tensors in the parameters. */
  List<Tensors.Range> ranges() {
    List<Tensors.Range> ranges = new ArrayList<>();
    for (Layer layer : layers()) {
      ranges.add(
          Tensors.Range.of(
              layer.name() + ".weight", layer.weight(), layer.inputs(), layer.outputs()));
      ranges.add(Tensors.Range.of(layer.name() + ".bias", layer.bias(), layer.outputs()));
      if (layer.normalised()) {
        ranges.add(Tensors.Range.of(layer.name() + ".gain", layer.gain(), layer.outputs()));
        ranges.add(Tensors.Range.of(layer.name() + ".shift", layer.shift(), layer.outputs()));
      }
    }
    return ranges;
  }

  /** Index of the head among {@link #layers()}. */
  int head() {
    return hidden.size();
  }

  int headOutputs() {
    return variational ? 2 * latent : latent;
  }

  /** enc1, …, head, dec1, …, out. */
  List<Layer> layers() {
    int depth = hidden.size();
    int[] widths = new int[2 * depth + 3];
    widths[0] = input;
    for (int i = 0; i < depth; i++) {
      widths[i + 1] = hidden.get(i);
      widths[2 * depth + 1 - i] = hidden.get(i);
    }
    widths[depth + 1] = latent;
    widths[2 * depth + 2] = input;
    List<Layer> layers = new ArrayList<>();
    int weight = 0;
    int rest = weights();
    for (int i = 0; i < widths.length - 1; i++) {
      int inputs = widths[i] + (i == 0 || i == depth + 1 ? conditionSize : 0);
      int outputs = i == depth ? headOutputs() : widths[i + 1];
      boolean isHidden = i != depth && i != 2 * depth + 1;
      String name =
          i < depth
              ? "enc" + (i + 1)
              : i == depth ? "head" : isHidden ? "dec" + (i - depth) : "out";
      boolean normalised = isHidden && layerNorm;
      int bias = rest;
      rest += outputs;
      int gain = -1;
      int shift = -1;
      if (normalised) {
        gain = rest;
        shift = rest + outputs;
        rest += 2 * outputs;
      }
      layers.add(new Layer(name, inputs, outputs, weight, bias, gain, shift, isHidden));
      weight += inputs * outputs;
    }
    return layers;
  }

  /** Number of weights; biases, gains and shifts follow. */
  int weights() {
    int depth = hidden.size();
    int total = 0;
    int width = input;
    for (int next : hidden) {
      total = Math.addExact(total, 2 * Math.multiplyExact(width, next));
      width = next;
    }
    total = Math.addExact(total, width * headOutputs());
    total = Math.addExact(total, latent * (depth == 0 ? input : hidden.get(depth - 1)));
    int encoded = depth == 0 ? headOutputs() : hidden.get(0);
    int decoded = depth == 0 ? input : hidden.get(depth - 1);
    return Math.addExact(total, Math.multiplyExact(conditionSize, encoded + decoded));
  }

  /** Number of all parameters. */
  int parameters() {
    Layer last = layers().get(layers().size() - 1);
    return last.bias() + last.outputs();
  }

  /**
   * Copies the parameters of the same network without a posterior into this variational one: latent
   * vectors become means; log-variances are unchanged.
   */
  void takeOver(DenseNetwork plain, float[] from, float[] into) {
    List<Layer> own = layers();
    List<Layer> others = plain.layers();
    for (int i = 0; i < own.size(); i++) {
      Layer layer = own.get(i);
      Layer other = others.get(i);
      for (int k = 0; k < other.inputs(); k++) {
        System.arraycopy(
            from,
            other.weight() + k * other.outputs(),
            into,
            layer.weight() + k * layer.outputs(),
            other.outputs());
      }
      System.arraycopy(from, other.bias(), into, layer.bias(), other.outputs());
      if (layer.normalised()) {
        System.arraycopy(from, other.gain(), into, layer.gain(), other.outputs());
        System.arraycopy(from, other.shift(), into, layer.shift(), other.outputs());
      }
    }
  }
}
