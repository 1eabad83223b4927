package org.surmala.nn;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.EpochLoss;

/** The course of one fit of a dense autoencoder: passes, validation, and the best weights. */
final class DenseFit {
  private final String kind;
  private final DenseOptions options;
  private final DenseNetwork network;
  private final Epochs epochs;
  private final DenseEngine<float[]> engine;
  private final @Nullable Neighbourhood neighbourhood;
  private final Representation.Setting setting;
  private final List<EpochLoss> history;
  private final TrainingOptions training;
  private final int batches;
  private final int passes;
  private final float[] row;
  private final double[] squares;
  private final double[] divergences;

  DenseFit(
      String kind,
      DenseOptions options,
      DenseNetwork network,
      Epochs epochs,
      DenseEngine<float[]> engine,
      @Nullable Neighbourhood neighbourhood,
      Representation.Setting setting,
      List<EpochLoss> history) {
    this.kind = kind;
    this.options = options;
    this.network = network;
    training = options.training();
    this.epochs = epochs;
    this.engine = engine;
    this.neighbourhood = neighbourhood;
    this.setting = setting;
    this.history = history;
    int inOrder = options.rowsInOrder(epochs.trainingRows());
    batches = (epochs.trainingRows() + inOrder - 1) / inOrder;
    passes = Math.max(1, Math.min(training.epochs(), training.steps() / batches));
    row = new float[network.input()];
    squares = new double[network.input()];
    divergences = new double[network.latent()];
  }

  /** Trains; gives the best parameters. */
  float[] run() {
    Noise[] streams = Streams.forShards(setting.seed(), Streams.TRAINING, engine.shards());
    float @Nullable [] best = null;
    double bestLoss = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    for (int epoch = 1; epoch <= passes; epoch++) {
      double total = pass(epoch, streams);
      double validation = validate();
      history.set(epoch - 1, withValidation(history.get(epoch - 1), validation));
      setting.listener().epoch(epoch, passes, total, validation);
      // A loss under a smaller β is no loss to compare with.
      boolean settled = epoch > Math.ceil(options.settled() * passes) || epoch == passes;
      if (!Double.isNaN(validation) && settled) {
        if (validation < bestLoss) {
          bestLoss = validation;
          bestEpoch = epoch;
          best = engine.parameters().clone();
        } else if (training.patience() > 0 && epoch - bestEpoch >= training.patience()) {
          break;
        }
      }
    }
    return best == null ? engine.parameters().clone() : best;
  }

  private double pass(int epoch, Noise[] streams) {
    double reconstruction = 0;
    double divergence = 0;
    double total = 0;
    int rows = epochs.trainingRows();
    epochs.begin();
    for (int b = 0; b < batches; b++) {
      // Batches of the same size, give or take one.
      int size = (int) ((long) rows * (b + 1) / batches - (long) rows * b / batches);
      int paired = neighbourhood == null ? 0 : neighbourhood.fill(engine);
      for (int i = 0; i < size; i++) {
        epochs.next(row);
        engine.setRow(paired + i, row);
      }
      double progress = (epoch - 1 + (double) b / batches) / passes;
      engine.forward(paired + size, options.objective(), options.betaAt(progress), true, streams);
      if (!Double.isFinite(engine.total())) {
        throw new ArithmeticException(
            "the loss of the "
                + kind
                + " model is "
                + engine.total()
                + " in epoch "
                + epoch
                + "; lower learning_rate (now "
                + training.learningRate()
                + ") or set clip_gradient");
      }
      reconstruction += engine.reconstruction() * size;
      divergence += engine.divergence() * size;
      total += engine.total() * size;
      engine.backward();
      engine.update(
          AdamOptions.STANDARD,
          training.learningRate() * training.schedule().factor(progress),
          training.weightDecay(),
          training.clip() > 0 ? training.clip() : Double.POSITIVE_INFINITY);
    }
    history.add(new EpochLoss(epoch, reconstruction / rows, divergence / rows, total / rows, null));
    return total / rows;
  }

  /** The whole objective on the validation rows, with the same noise each time; NaN without any. */
  private double validate() {
    int rows = epochs.validationRows();
    if (rows == 0) {
      return Double.NaN;
    }
    Noise[] streams = Streams.forShards(setting.seed(), Streams.VALIDATION, engine.shards());
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
      engine.forward(count, options.objective(), options.beta(), false, streams);
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
      loss += neighbourhood.validate(engine, epochs, options.objective(), options.beta(), streams);
    }
    return loss;
  }

  private EpochLoss withValidation(EpochLoss loss, double validation) {
    return new EpochLoss(
        loss.getEpoch(),
        loss.getReconstruction(),
        loss.getKl(),
        loss.getTotal(),
        Double.isNaN(validation) ? null : validation);
  }
}
