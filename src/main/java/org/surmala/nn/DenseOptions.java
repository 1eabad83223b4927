package org.surmala.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of the dense autoencoders.
 *
 * @param preprocess what happens to features first
 * @param hidden widths of the encoder's hidden layers; the decoder has them in reverse
 * @param latent dimensions of the latent space
 * @param variational whether there is a posterior
 * @param layerNorm layer normalisation in the hidden layers
 * @param dropout share of the hidden values that are dropped in training
 * @param training how it is fitted
 * @param beta weight of the divergence; 0 for an autoencoder
 * @param warmUp share of each cycle in which β rises in a line from 0; the rest has it whole
 * @param cycles number of times that β rises (Fu et al., 2019); 1 is a plain warm-up
 * @param objective likelihood and free bits
 * @param neighbours how neighbouring songs are kept together; null where they are not
 */
record DenseOptions(
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
    @Nullable NeighbourOptions neighbours) {

  /**
   * How neighbouring songs are kept together.
   *
   * @param count neighbours of a song
   * @param strength weight of the term in the loss
   * @param scale squared distance at which the similarity of two places is one half
   */
  record NeighbourOptions(int count, double strength, double scale) {
    NeighbourTerm term(int batch) {
      return new NeighbourTerm(strength, scale, batch);
    }
  }

  static DenseOptions read(String kind, OptionReader reader) {
    boolean variational = !kind.equals("ae");
    boolean sigma = kind.equals("sigma_vae");
    boolean neighbouring = kind.equals("neighbour_vae");
    return new DenseOptions(
        PreprocessOptions.read(reader),
        reader.integers("hidden", List.of(128, 64), 1, 16_384),
        reader.integer("latent", neighbouring ? 12 : 16, 1, 4096),
        variational,
        reader.choice("activation", Activation.RELU),
        reader.flag("layer_norm", false),
        reader.number("dropout", 0, 0, 0.95),
        TrainingOptions.read(reader, neighbouring ? 128 : 32),
        variational ? reader.number("beta", neighbouring ? 0.5 : 1, 0, 1e6) : 0,
        variational ? reader.number("warm_up", 0.3, 0, 1) : 0,
        variational ? reader.integer("cycles", 1, 1, 1000) : 1,
        new Objective(
            sigma
                ? reader.choice("variance", Variance.SHARED).likelihood
                : Objective.Likelihood.UNIT,
            variational ? reader.number("free_bits", 0, 0, 1000) : 0),
        neighbouring
            ? new NeighbourOptions(
                reader.integer("neighbours", 15, 1, 1000),
                reader.number("neighbour_weight", 30, 0, 1e6),
                reader.number("neighbour_scale", 0.1, 1e-9, 1e9))
            : null);
  }

  DenseNetwork network(int input) {
    return new DenseNetwork(input, hidden, latent, variational, activation, layerNorm, dropout);
  }

  /**
   * β at a point of the training.
   *
   * @param progress 0 at the beginning, 1 at the end
   */
  double betaAt(double progress) {
    double inCycle = progress * cycles - Math.floor(Math.min(progress, 1 - 1e-12) * cycles);
    return warmUp == 0 ? beta : beta * Math.min(1, inCycle / warmUp);
  }

  /** The point of the training from which β is whole to the end. */
  double settled() {
    return (cycles - 1 + warmUp) / cycles;
  }

  /** How many variances a σ-VAE's decoder has. */
  private enum Variance {
    SHARED(Objective.Likelihood.SHARED),
    PER_FEATURE(Objective.Likelihood.PER_FEATURE);

    final Objective.Likelihood likelihood;

    Variance(Objective.Likelihood likelihood) {
      this.likelihood = likelihood;
    }
  }
}
