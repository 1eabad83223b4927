package org.surmala.model.conv;

import java.util.ArrayList;
import java.util.List;
import org.surmala.model.Tensors;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.ConvShape;

/**
 * The shape of a convolutional VAE: {@code image → strided convolutions → head → latent → dense →
 * transposed convolutions → image}. The decoder mirrors the encoder: each transposed convolution
 * restores the image size of its convolution.
 *
 * <p>All parameters are in one array: first every weight matrix (inputs × outputs, row by row),
 * then the biases. A convolution's weights are {@code (kernel · kernel · channels) × filters}, a
 * transposed one's {@code filters × (kernel · kernel · channels)}.
 *
 * @param bands rows of the image
 * @param frames columns of the image
 * @param channels filters of the encoder's layers
 * @param kernel height and width of a window
 * @param stride step from window to window
 */
record ConvNetwork(
    int bands,
    int frames,
    List<Integer> channels,
    int kernel,
    int stride,
    int latent,
    Activation activation) {
  ConvNetwork {
    channels = List.copyOf(channels);
  }

  /**
   * The position of one layer among the parameters.
   *
   * @param shape image and windows; null for an affine layer
   * @param filters outputs per window
   * @param inputs rows of the weight matrix
   * @param outputs columns of the weight matrix
   * @param activated whether an activation follows
   */
  record Layer(
      String name,
      @org.jspecify.annotations.Nullable ConvShape shape,
      int filters,
      int inputs,
      int outputs,
      int weight,
      int bias,
      int biases,
      boolean activated) {}

  /** The position of each layer's tensors in the parameters. */
  List<Tensors.Range> ranges() {
    List<Tensors.Range> ranges = new ArrayList<>();
    for (Layer layer : layers()) {
      ranges.add(
          Tensors.Range.of(
              layer.name() + ".weight", layer.weight(), layer.inputs(), layer.outputs()));
      ranges.add(Tensors.Range.of(layer.name() + ".bias", layer.bias(), layer.biases()));
    }
    return ranges;
  }

  /** Values in a row. */
  int input() {
    return bands * frames;
  }

  /** Input shape of the encoder's layer i; after the last layer, its output shape. */
  ConvShape shape(int i) {
    ConvShape shape = new ConvShape(bands, frames, 1, kernel, stride);
    for (int layer = 0; layer < i; layer++) {
      shape =
          new ConvShape(
              shape.windowRows(), shape.windowColumns(), channels.get(layer), kernel, stride);
    }
    return shape;
  }

  /** enc1, …, head, dense, dec1, …, out. */
  List<Layer> layers() {
    List<Layer> bare = new ArrayList<>();
    int depth = channels.size();
    for (int i = 0; i < depth; i++) {
      ConvShape shape = shape(i);
      int filters = channels.get(i);
      bare.add(
          layer("enc" + (i + 1), shape, filters, shape.windowValues(), filters, filters, true));
    }
    int flat = shape(depth).values();
    bare.add(layer("head", null, 0, flat, 2 * latent, 2 * latent, false));
    bare.add(layer("dense", null, 0, latent, flat, flat, true));
    for (int i = depth - 1; i >= 0; i--) {
      ConvShape shape = shape(i);
      int filters = channels.get(i);
      bare.add(
          layer(
              i == 0 ? "out" : "dec" + (depth - i),
              shape,
              filters,
              filters,
              shape.windowValues(),
              shape.channels(),
              i > 0));
    }
    int weight = 0;
    int bias = weights(bare);
    List<Layer> layers = new ArrayList<>();
    for (Layer l : bare) {
      layers.add(
          new Layer(
              l.name,
              l.shape,
              l.filters,
              l.inputs,
              l.outputs,
              weight,
              bias,
              l.biases,
              l.activated));
      weight += l.inputs * l.outputs;
      bias += l.biases;
    }
    return layers;
  }

  private static Layer layer(
      String name,
      @org.jspecify.annotations.Nullable ConvShape shape,
      int filters,
      int inputs,
      int outputs,
      int biases,
      boolean activated) {
    return new Layer(name, shape, filters, inputs, outputs, 0, 0, biases, activated);
  }

  private static int weights(List<Layer> layers) {
    int total = 0;
    for (Layer layer : layers) {
      total = Math.addExact(total, Math.multiplyExact(layer.inputs(), layer.outputs()));
    }
    return total;
  }

  /** Number of weights; biases follow. */
  int weights() {
    return weights(layers());
  }

  /** Number of all parameters. */
  int parameters() {
    List<Layer> layers = layers();
    Layer last = layers.get(layers.size() - 1);
    return last.bias() + last.biases();
  }

  /** Index of the head among {@link #layers()}. */
  int head() {
    return channels.size();
  }
}
