package org.surmala.model.conv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.ConvShape;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.NetworkLayout;

/**
 * The shape of a convolutional VAE: {@code image → strided convolutions → head → latent → dense →
 * transposed convolutions → image}. The decoder mirrors the encoder: each transposed convolution
 * restores the image size of its convolution. A convolution's weights are {@code (kernel · kernel ·
 * channels) × filters}, a transposed one's {@code filters × (kernel · kernel · channels)}.
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
  NetworkLayout layout() {
    List<Layer> layers = new ArrayList<>();
    int depth = channels.size();
    for (int i = 0; i < depth; i++) {
      layers.add(convolution("enc" + (i + 1), i, false, activation));
    }
    int flat = shape(depth).values();
    layers.add(Layer.affine("head", flat, 2 * latent, true, false, null));
    layers.add(Layer.affine("dense", latent, flat, false, false, activation));
    for (int i = depth - 1; i >= 0; i--) {
      String name = i == 0 ? "out" : "dec" + (depth - i);
      layers.add(convolution(name, i, true, i > 0 ? activation : null));
    }
    return NetworkLayout.of(layers);
  }

  private Layer convolution(
      String name, int i, boolean transposed, @Nullable Activation following) {
    ConvShape shape = shape(i);
    int filters = channels.get(i);
    int values = shape.windowValues();
    return new Layer(
        name,
        shape,
        transposed,
        transposed ? filters : values,
        transposed ? values : filters,
        false,
        false,
        following,
        0,
        0);
  }

  /** Index of the head among the layers. */
  int head() {
    return channels.size();
  }
}
