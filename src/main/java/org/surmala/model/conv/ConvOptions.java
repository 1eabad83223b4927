package org.surmala.model.conv;

import java.util.List;
import org.surmala.model.OptionReader;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.KlWarmUp;
import org.surmala.model.nn.Objective;
import org.surmala.model.nn.TrainingOptions;

/**
 * Options of the convolutional VAE.
 *
 * @param channels filters of the encoder's layers; the decoder has them in reverse
 * @param kernel bands and frames of a window
 * @param stride step between windows, bands and frames, at most the kernel
 * @param patches training patches per song, spread evenly; 0 for all
 * @param freeBits nats of divergence per latent dimension without cost
 */
record ConvOptions(
    List<Integer> channels,
    int kernel,
    int stride,
    int latent,
    Activation activation,
    int patches,
    KlWarmUp warmUp,
    double freeBits,
    TrainingOptions training) {
  private static final int MOST_LAYERS = 8;

  static ConvOptions read(OptionReader reader) {
    List<Integer> channels = reader.integers("channels", List.of(16, 32, 64), 1, 1024);
    if (channels.isEmpty() || channels.size() > MOST_LAYERS) {
      throw reader.refusal(
          "channels",
          channels.toString(),
          "from 1 to " + MOST_LAYERS + " layers, such as 16,32,64");
    }
    int kernel = reader.integer("kernel", 3, 1, 15);
    int stride = reader.integer("stride", 2, 1, 8);
    if (stride > kernel) {
      throw reader.refusal(
          "stride",
          Integer.toString(stride),
          "no more than kernel, which is " + kernel + ": values between windows would be lost");
    }
    return new ConvOptions(
        channels,
        kernel,
        stride,
        reader.integer("latent", 16, 1, 1024),
        reader.choice("activation", Activation.RELU),
        reader.integer("patches", 4, 0, 1000),
        KlWarmUp.read(reader),
        reader.number("free_bits", 0, 0, 1000),
        new TrainingOptions(
            reader.integer("epochs", 40, 1, 1_000_000),
            reader.integer("steps", 20_000, 1, 1_000_000_000),
            reader.integer("batch", 32, 1, 4096),
            reader.number("learning_rate", 1e-3, 1e-9, 10),
            reader.choice("schedule", TrainingOptions.Schedule.COSINE),
            reader.number("weight_decay", 0, 0, 100),
            reader.number("clip_gradient", 0, 0, 1e12),
            reader.number("validation", 0.1, 0, 0.5),
            reader.integer("patience", 10, 0, 1_000_000)));
  }

  ConvNetwork network(int bands, int frames) {
    return new ConvNetwork(bands, frames, channels, kernel, stride, latent, activation);
  }

  /** σ-VAE with one optimal variance per batch, so that β needs no tuning. */
  Objective objective() {
    return new Objective(Objective.Likelihood.SHARED, freeBits);
  }
}
