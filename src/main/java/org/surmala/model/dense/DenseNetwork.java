package org.surmala.model.dense;

import java.util.ArrayList;
import java.util.List;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.NetworkLayout;

/**
 * The shape of a dense autoencoder: {@code input → hidden… → head → latent → hidden reversed… →
 * input}. In a conditional network, encoder and decoder read the condition after their other
 * inputs. Each hidden layer is an affine map, optional layer normalisation, an activation, and
 * dropout in training; the head and the output are affine.
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

  /** Index of the head among the layers. */
  int head() {
    return hidden.size();
  }

  int headOutputs() {
    return variational ? 2 * latent : latent;
  }

  /** enc1, …, head, dec1, …, out. */
  NetworkLayout layout() {
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
    for (int i = 0; i < widths.length - 1; i++) {
      boolean isHead = i == depth;
      boolean isHidden = !isHead && i != 2 * depth + 1;
      layers.add(
          Layer.affine(
              i < depth
                  ? "enc" + (i + 1)
                  : isHead ? "head" : isHidden ? "dec" + (i - depth) : "out",
              widths[i] + (i == 0 || i == depth + 1 ? conditionSize : 0),
              isHead ? headOutputs() : widths[i + 1],
              isHead && variational,
              isHidden && layerNorm,
              isHidden ? activation : null));
    }
    return NetworkLayout.of(layers);
  }

  /**
   * Copies the parameters of the same network without a posterior into this variational one: latent
   * vectors become means; log-variances are unchanged.
   */
  void takeOver(DenseNetwork plain, float[] from, float[] into) {
    List<Layer> own = layout().layers();
    List<Layer> others = plain.layout().layers();
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
