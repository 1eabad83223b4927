package org.surmala.model.dense;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.surmala.model.Representation;
import org.surmala.model.nn.EpochShuffler;
import org.surmala.model.nn.SeededRandom;
import org.surmala.model.nn.TrainingLoop;

/** The training loop of a dense autoencoder. */
final class DenseFit extends TrainingLoop {
  private final DenseOptions options;
  private final DenseNetwork network;
  private final DenseEngine<float[]> engine;
  private final @Nullable PairSampler neighbourhood;
  private final float[] row;
  private final double[] squares;
  private final double[] divergences;

  DenseFit(
      String kind,
      DenseOptions options,
      DenseNetwork network,
      EpochShuffler epochs,
      DenseEngine<float[]> engine,
      @Nullable PairSampler neighbourhood,
      Representation.Setting setting) {
    super(
        kind,
        engine,
        epochs,
        options.training(),
        options.rowsInOrder(epochs.trainingRows()),
        options.settled(),
        setting);
    this.options = options;
    this.network = network;
    this.engine = engine;
    this.neighbourhood = neighbourhood;
    row = new float[network.input() + network.conditionSize()];
    squares = new double[network.input()];
    divergences = new double[network.latent()];
  }

  @Override
  public void forward(int size, double progress, SeededRandom[] streams) {
    int paired = neighbourhood == null ? 0 : neighbourhood.fill(engine);
    for (int i = 0; i < size; i++) {
      epochs.next(row);
      engine.setRow(paired + i, row);
    }
    engine.forward(paired + size, options.betaAt(progress), true, streams);
  }

  @Override
  public double validate(int rows, SeededRandom[] streams) {
    if (neighbourhood != null) {
      neighbourhood.leave();
    }
    Arrays.fill(squares, 0);
    Arrays.fill(divergences, 0);
    double divergence = 0;
    int most = engine.batch();
    for (int first = 0; first < rows; first += most) {
      int count = Math.min(most, rows - first);
      for (int i = 0; i < count; i++) {
        epochs.validationRow(first + i, row);
        engine.setRow(i, row);
      }
      engine.forward(count, options.beta(), false, streams);
      engine.addTo(squares, divergences);
      divergence += engine.divergence() * count;
    }
    double loss = options.objective().reconstruction(squares, rows, new double[squares.length]);
    if (options.components() > 0) {
      loss += options.beta() * divergence / rows;
    } else if (network.variational()) {
      loss +=
          options.beta()
              * options
                  .objective()
                  .divergence(divergences, rows, options.beta(), new double[divergences.length]);
    }
    if (neighbourhood != null) {
      loss += neighbourhood.validate(engine, epochs, options.beta(), streams);
    }
    return loss;
  }
}
