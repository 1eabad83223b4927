package org.surmala.model;

import java.util.Map;

/** Help texts of the models' options, by the names that all kinds share. */
final class OptionDocs {
  private static final Map<String, String> DOCS =
      Map.ofEntries(
          Map.entry("transform", "transform of each feature before standardisation"),
          Map.entry("clip", "limit of standardised values; 0 for no limit"),
          Map.entry("weights", "weights of the feature groups, such as timbre=1,harmony=0.5"),
          Map.entry(
              "input",
              "input of a song: its features, the embedding of onnx.model, or both; auto: both if"
                  + " there is a model"),
          Map.entry("latent", "dimensions of the latent space"),
          Map.entry("hidden", "widths of the encoder's hidden layers, mirrored in the decoder"),
          Map.entry("activation", "activation function of the hidden layers"),
          Map.entry("layer_norm", "layer normalisation in the hidden layers"),
          Map.entry("dropout", "dropout rate of the hidden layers"),
          Map.entry("epochs", "maximum number of passes over the songs"),
          Map.entry("steps", "maximum number of steps; a large collection gets fewer passes"),
          Map.entry("batch", "songs per step"),
          Map.entry("learning_rate", "step size of Adam"),
          Map.entry("schedule", "schedule of the learning rate"),
          Map.entry("weight_decay", "decoupled weight decay, as in AdamW; 0 is Adam"),
          Map.entry("clip_gradient", "maximum norm of a gradient; 0 for no limit"),
          Map.entry("validation", "share of songs held out to choose the best weights"),
          Map.entry("patience", "epochs without a better validation loss before stopping"),
          Map.entry("beta", "weight of the KL divergence"),
          Map.entry("warm_up", "share of each cycle in which beta rises from 0"),
          Map.entry("cycles", "number of cycles in which beta rises"),
          Map.entry(
              "variance", "variance of the decoder: one for all features, or one per feature"),
          Map.entry("buckets", "number of buckets for the hashed n-grams of the lyrics"),
          Map.entry("text_dimensions", "maximum number of dimensions of vectorised lyrics"),
          Map.entry("text_hidden", "widths of the hidden layers of the lyrics encoder"),
          Map.entry(
              "text_weight", "weight of the lyrics' reconstruction; 1 equals that of the features"),
          Map.entry("channels", "filters of the encoder's convolutions, mirrored in the decoder"),
          Map.entry("kernel", "size of a convolution kernel, bands and frames"),
          Map.entry("stride", "step between kernel positions, bands and frames, at most kernel"),
          Map.entry("patches", "training patches per song, evenly spread; 0 for all"),
          Map.entry("free_bits", "nats of divergence per latent dimension without cost"),
          Map.entry("condition", "column with the label that the model is conditioned on"),
          Map.entry("clusters", "number of Gaussians in the prior mixture"),
          Map.entry("pretrain_epochs", "passes as an autoencoder before the mixture is fitted"),
          Map.entry(
              "neighbours",
              "number of nearest songs by features to keep a song close to, and to average"),
          Map.entry(
              "song_directions",
              "find neighbours in the directions that separate songs; needs 200 songs"),
          Map.entry(
              "smoothing",
              "make an embedding the mean of a song's features and those of its nearest songs; needs song_directions"),
          Map.entry("neighbour_distance", "distance by which neighbours are found"),
          Map.entry("neighbour_weight", "weight of the neighbour term in the loss"),
          Map.entry(
              "neighbour_scale",
              "squared distance at which the similarity of two embeddings halves"));

  private OptionDocs() {}

  static String of(String name) {
    String doc = DOCS.get(name);
    if (doc == null) {
      throw new IllegalStateException("option '" + name + "' has no help text");
    }
    return doc;
  }
}
