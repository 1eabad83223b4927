package org.surmala.model;

import java.util.Map;

/**
 * What a person must know to set an option of a model.
 *
 * @param name in the pipeline's YAML
 * @param standard the value where none is given, as text
 * @param range what is allowed, in words
 * @param doc what it does
 */
public record OptionHelp(String name, String standard, String range, String doc) {
  private static final Map<String, String> DOCS =
      Map.ofEntries(
          Map.entry("transform", "of each feature before it is standardised"),
          Map.entry("clip", "standardised values further out are set to this; 0 for never"),
          Map.entry("weights", "of the feature groups, such as timbre=1,harmony=0.5"),
          Map.entry("latent", "dimensions of the latent space"),
          Map.entry("hidden", "widths of the encoder's hidden layers; the decoder mirrors them"),
          Map.entry("activation", "of the hidden layers"),
          Map.entry("layer_norm", "layer normalisation in the hidden layers"),
          Map.entry("dropout", "share of the hidden values that are dropped in training"),
          Map.entry("epochs", "most passes over the songs"),
          Map.entry("steps", "most steps; a large collection gets fewer passes"),
          Map.entry("batch", "songs in a step"),
          Map.entry("learning_rate", "step size of Adam"),
          Map.entry("schedule", "how the learning rate goes on"),
          Map.entry("weight_decay", "decoupled, as in AdamW; 0 is Adam"),
          Map.entry("clip_gradient", "largest norm of a gradient; 0 for no limit"),
          Map.entry("validation", "share of the songs held out to choose the best weights by"),
          Map.entry("patience", "epochs without a better validation loss before stopping"),
          Map.entry("beta", "weight of the KL divergence"),
          Map.entry("warm_up", "share of each cycle in which beta rises from 0"),
          Map.entry("cycles", "number of times that beta rises"),
          Map.entry("variance", "of the decoder: one for all features, or one for each"),
          Map.entry("buckets", "that the lyrics' n-grams are hashed into"),
          Map.entry("text_dimensions", "most numbers that lyrics are turned into"),
          Map.entry("text_hidden", "widths of the hidden layers of the lyrics' encoder"),
          Map.entry("text_weight", "of the lyrics' reconstruction; 1 for as much as the features'"),
          Map.entry("channels", "filters of the encoder's convolutions; the decoder mirrors them"),
          Map.entry("kernel", "bands and frames of a convolution's window"),
          Map.entry("stride", "bands and frames from window to window, no more than kernel"),
          Map.entry("patches", "of a song that train the model, spread evenly; 0 for all"),
          Map.entry("free_bits", "nats of divergence that each latent dimension has free"),
          Map.entry("condition", "column of the label that encoder and decoder are told"),
          Map.entry("clusters", "Gaussians of the mixture that is the prior"),
          Map.entry("pretrain_epochs", "passes as an autoencoder, before the mixture"),
          Map.entry("neighbours", "nearest songs by features that a song is kept together with"),
          Map.entry(
              "song_directions",
              "seek neighbours in the directions that part songs from one another more than from"
                  + " themselves; takes features.windows and 200 songs"),
          Map.entry("neighbour_weight", "weight of keeping neighbours together in the loss"),
          Map.entry("neighbour_scale", "squared distance at which two places are half as similar"));

  static OptionHelp of(String name, String standard, String range) {
    String doc = DOCS.get(name);
    if (doc == null) {
      throw new IllegalStateException(
          "option '" + name + "' has no sentence that says what it does");
    }
    return new OptionHelp(name, standard, range, doc);
  }
}
