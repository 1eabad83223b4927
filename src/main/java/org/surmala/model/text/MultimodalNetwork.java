package org.surmala.model.text;

import java.util.ArrayList;
import java.util.List;
import org.surmala.model.Tensors;
import org.surmala.model.nn.Activation;

/**
 * The shape of a VAE of features and text: each has an encoder, whose head gives means and
 * log-variances in the shared latent space, and a mirrored decoder.
 *
 * <p>All parameters are in one array: first every weight matrix (inputs × outputs, row by row),
 * then the biases.
 *
 * @param features number of values of the song vector
 * @param text number of values of the vectorised lyrics
 */
record MultimodalNetwork(
    int features,
    int text,
    List<Integer> hidden,
    List<Integer> textHidden,
    int latent,
    Activation activation) {
  MultimodalNetwork {
    hidden = List.copyOf(hidden);
    textHidden = List.copyOf(textHidden);
  }

  /**
   * An affine map, with an activation if it is hidden.
   *
   * @param weight offset of the weights in the array of all parameters
   */
  record Layer(String name, int inputs, int outputs, int weight, int bias, boolean hidden) {}

  /** The four parts of the network. */
  enum Part {
    ENCODER,
    TEXT_ENCODER,
    DECODER,
    TEXT_DECODER
  }

  /** The position of each layer's tensors in the parameters. */
  List<Tensors.Range> ranges() {
    List<Tensors.Range> ranges = new ArrayList<>();
    for (Part part : Part.values()) {
      for (Layer layer : layers(part)) {
        ranges.add(
            Tensors.Range.of(
                layer.name() + ".weight", layer.weight(), layer.inputs(), layer.outputs()));
        ranges.add(Tensors.Range.of(layer.name() + ".bias", layer.bias(), layer.outputs()));
      }
    }
    return ranges;
  }

  /** The layers of a part, in order. */
  List<Layer> layers(Part part) {
    int weight = 0;
    int bias = weights();
    for (Part before : Part.values()) {
      List<Layer> layers = layers(before, weight, bias);
      if (before == part) {
        return layers;
      }
      for (Layer layer : layers) {
        weight += layer.inputs() * layer.outputs();
        bias += layer.outputs();
      }
    }
    throw new AssertionError(part);
  }

  private List<Layer> layers(Part part, int firstWeight, int firstBias) {
    List<Integer> widths = widths(part);
    String name =
        switch (part) {
          case ENCODER -> "enc";
          case TEXT_ENCODER -> "text_enc";
          case DECODER -> "dec";
          case TEXT_DECODER -> "text_dec";
        };
    List<Layer> layers = new ArrayList<>();
    int weight = firstWeight;
    int bias = firstBias;
    for (int i = 0; i + 1 < widths.size(); i++) {
      Layer layer =
          new Layer(
              name + (i + 1),
              widths.get(i),
              widths.get(i + 1),
              weight,
              bias,
              i + 2 < widths.size());
      layers.add(layer);
      weight += layer.inputs() * layer.outputs();
      bias += layer.outputs();
    }
    return layers;
  }

  private List<Integer> widths(Part part) {
    boolean ofText = part == Part.TEXT_ENCODER || part == Part.TEXT_DECODER;
    boolean encodes = part == Part.ENCODER || part == Part.TEXT_ENCODER;
    List<Integer> between = ofText ? textHidden : hidden;
    int outside = ofText ? text : features;
    List<Integer> widths = new ArrayList<>();
    widths.add(encodes ? outside : latent);
    for (int i = 0; i < between.size(); i++) {
      widths.add(between.get(encodes ? i : between.size() - 1 - i));
    }
    widths.add(encodes ? 2 * latent : outside);
    return widths;
  }

  /** Number of weights; biases follow. */
  int weights() {
    int total = 0;
    for (Part part : Part.values()) {
      List<Integer> widths = widths(part);
      for (int i = 0; i + 1 < widths.size(); i++) {
        total = Math.addExact(total, Math.multiplyExact(widths.get(i), widths.get(i + 1)));
      }
    }
    return total;
  }

  /** Number of all parameters. */
  int parameters() {
    List<Layer> last = layers(Part.TEXT_DECODER);
    Layer layer = last.get(last.size() - 1);
    return layer.bias() + layer.outputs();
  }
}
