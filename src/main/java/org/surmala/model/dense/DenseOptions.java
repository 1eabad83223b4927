package org.surmala.model.dense;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.InputSpec;
import org.surmala.model.OptionReader;
import org.surmala.model.PreprocessOptions;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.Objective;
import org.surmala.model.nn.TrainingOptions;

/**
 * Options of the dense autoencoders.
 *
 * @param part part of the song vector
 * @param hidden widths of the encoder's hidden layers; the decoder has them in reverse
 * @param variational whether the network has a posterior
 * @param layerNorm layer normalisation in the hidden layers
 * @param beta weight of the KL divergence; 0 for an autoencoder
 * @param warmUp share of each cycle in which β rises linearly from 0; full β in the rest
 * @param cycles number of times that β rises (Fu et al., 2019); 1 is a plain warm-up
 * @param objective likelihood and free bits
 * @param neighbours options of the neighbour loss; null without it
 * @param components number of components of the mixture prior; 0 for N(0, 1)
 * @param pretraining passes as an autoencoder before the mixture
 * @param condition column with the label that the model is conditioned on; null without one
 */
record DenseOptions(
    InputSpec.Part part,
    PreprocessOptions preprocess,
    List<Integer> hidden,
    int latent,
    boolean variational,
    Activation activation,
    boolean layerNorm,
    double dropout,
    TrainingOptions training,
    double beta,
    double warmUp,
    int cycles,
    Objective objective,
    @Nullable NeighbourOptions neighbours,
    int components,
    int pretraining,
    @Nullable String condition) {
  /**
   * Options of the neighbour loss.
   *
   * @param count neighbours per song
   * @param strength weight of the term in the loss
   * @param scale squared distance at which the similarity of two embeddings is one half
   * @param bySong whether neighbours are found along the song directions ({@link WithinSongLda}),
   *     if enough songs have windows
   * @param cosine whether neighbours have the largest cosine; else the smallest distance
   * @param smoothing whether an embedding is the mean over a song's neighbours ({@link
   *     NeighbourSmoothing}), if there are song directions
   */
  record NeighbourOptions(
      int count, double strength, double scale, boolean bySong, boolean cosine, boolean smoothing) {
    NeighbourContrastiveLoss term(int batch) {
      return new NeighbourContrastiveLoss(strength, scale, batch);
    }
  }

  static DenseOptions read(String kind, OptionReader reader) {
    boolean variational = !kind.equals("ae");
    boolean conditional = kind.equals("cvae");
    // The label explains part of the variance, so a learned variance is measured on the remainder.
    // Without a divergence cost the latent space would learn the label first, and unlearn it
    // slowly.
    boolean sigma = kind.equals("sigma_vae") || conditional;
    boolean neighbouring = kind.equals("neighbour_vae");
    boolean mixture = kind.equals("vade");
    return new DenseOptions(
        reader.choice("input", InputSpec.Part.AUTO),
        PreprocessOptions.read(reader),
        reader.integers("hidden", List.of(128, 64), 1, 16_384),
        reader.integer("latent", neighbouring ? 12 : 16, 1, 4096),
        variational,
        reader.choice("activation", Activation.RELU),
        reader.flag("layer_norm", false),
        reader.number("dropout", 0, 0, 0.95),
        TrainingOptions.read(reader, neighbouring ? 64 : 32, neighbouring ? 0.05 : 0.1),
        variational ? reader.number("beta", neighbouring ? 0.5 : conditional ? 2 : 1, 0, 1e6) : 0,
        variational ? reader.number("warm_up", mixture || conditional ? 0 : 0.3, 0, 1) : 0,
        variational ? reader.integer("cycles", 1, 1, 1000) : 1,
        new Objective(
            sigma
                ? reader.choice("variance", Variance.SHARED).likelihood
                : Objective.Likelihood.UNIT,
            variational && !mixture ? reader.number("free_bits", 0, 0, 1000) : 0),
        neighbouring
            ? new NeighbourOptions(
                reader.integer("neighbours", 10, 1, 1000),
                reader.number("neighbour_weight", 30, 0, 1e6),
                reader.number("neighbour_scale", 0.1, 1e-9, 1e9),
                reader.flag("song_directions", true),
                reader.choice("neighbour_distance", Distance.EUCLIDEAN) == Distance.COSINE,
                reader.flag("smoothing", true))
            : null,
        mixture ? reader.integer("clusters", 10, 1, 1000) : 0,
        mixture ? reader.integer("pretrain_epochs", 50, 1, 1_000_000) : 0,
        conditional ? reader.column("condition", "language") : null);
  }

  /**
   * Number of rows of a batch in epoch order; with the neighbour loss, there are half as many pairs
   * of neighbours. With few songs, batches are then smaller and more numerous, so that enough steps
   * are taken within the epochs.
   */
  int rowsInOrder(int trainingRows) {
    int batch = training.batch();
    return neighbours == null
        ? Math.min(batch, trainingRows)
        : Math.min((batch + 1) / 2, Math.max(Math.min(4, trainingRows), trainingRows / 8));
  }

  /** The options of the pretraining: the same network without a posterior. */
  DenseOptions asAutoencoder() {
    return new DenseOptions(
        part,
        preprocess,
        hidden,
        latent,
        false,
        activation,
        layerNorm,
        dropout,
        training.withEpochs(pretraining),
        0,
        0,
        1,
        new Objective(objective.likelihood(), 0),
        null,
        0,
        0,
        null);
  }

  DenseNetwork network(int input, int conditionSize) {
    return new DenseNetwork(
        input, hidden, latent, variational, activation, layerNorm, dropout, conditionSize);
  }

  /** β at a progress from 0 to 1. */
  double betaAt(double progress) {
    double inCycle = progress * cycles - Math.floor(Math.min(progress, 1 - 1e-12) * cycles);
    return warmUp == 0 ? beta : beta * Math.min(1, inCycle / warmUp);
  }

  /** The progress from which β stays at its full value. */
  double settled() {
    return (cycles - 1 + warmUp) / cycles;
  }

  /** The distance for neighbours. */
  private enum Distance {
    EUCLIDEAN,
    COSINE
  }

  /** The variances of a σ-VAE's decoder. */
  private enum Variance {
    SHARED(Objective.Likelihood.SHARED),
    PER_FEATURE(Objective.Likelihood.PER_FEATURE);

    final Objective.Likelihood likelihood;

    Variance(Objective.Likelihood likelihood) {
      this.likelihood = likelihood;
    }
  }
}
