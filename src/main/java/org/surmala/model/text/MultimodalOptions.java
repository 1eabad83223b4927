package org.surmala.model.text;

import java.util.List;
import org.surmala.model.OptionReader;
import org.surmala.model.PreprocessOptions;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.KlWarmUp;
import org.surmala.model.nn.Objective;
import org.surmala.model.nn.TrainingOptions;

/**
 * Options of the VAE of audio and lyrics.
 *
 * @param hidden widths of the hidden layers of the features' encoder; its decoder has them in
 *     reverse
 * @param textHidden the same for the lyrics' encoder
 * @param latent dimensions of the shared latent space
 * @param textDimensions maximum number of dimensions of vectorised lyrics
 * @param textWeight weight of the lyrics' reconstruction in the loss; at 1 lyrics count as much as
 *     features
 * @param freeBits nats of divergence per latent dimension without cost
 */
record MultimodalOptions(
    PreprocessOptions preprocess,
    List<Integer> hidden,
    List<Integer> textHidden,
    int latent,
    Activation activation,
    int buckets,
    int textDimensions,
    double textWeight,
    KlWarmUp warmUp,
    double freeBits,
    TrainingOptions training) {
  static MultimodalOptions read(OptionReader reader) {
    return new MultimodalOptions(
        PreprocessOptions.read(reader),
        reader.integers("hidden", List.of(128, 64), 1, 16_384),
        reader.integers("text_hidden", List.of(64), 1, 16_384),
        reader.integer("latent", 16, 1, 4096),
        reader.choice("activation", Activation.RELU),
        LyricsRepresentation.readBuckets(reader),
        reader.integer("text_dimensions", 32, 1, 512),
        reader.number("text_weight", 1, 0, 1000),
        KlWarmUp.read(reader),
        reader.number("free_bits", 0, 0, 1000),
        TrainingOptions.read(reader, 32, 0.1));
  }

  MultimodalNetwork network(int features, int text) {
    return new MultimodalNetwork(features, text, hidden, textHidden, latent, activation);
  }

  /** Features and text each have their own optimal variance, so that neither dominates. */
  Objective objective() {
    return new Objective(Objective.Likelihood.SHARED, freeBits);
  }
}
