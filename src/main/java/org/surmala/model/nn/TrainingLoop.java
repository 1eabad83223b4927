package org.surmala.model.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.Representation;
import org.surmala.schema.EpochLoss;

/**
 * The training loop: epochs of steps, validation after each epoch with the same noise, and the best
 * weights at the end. Losses under different β are not comparable, so the best weights are chosen
 * only after the warm-up.
 */
public abstract class TrainingLoop {
  final Representation.Setting setting;
  public final EpochShuffler epochs;
  final TrainingOptions training;
  private final String kind;
  private final Engine<float[]> engine;
  private final double settled;
  private final int batches;
  private final int passes;
  private final List<EpochLoss> history = new ArrayList<>();

  /**
   * @param kind name of the model for messages
   * @param batch largest number of training rows per step
   * @param settled share of the training after which β has its full value
   */
  public TrainingLoop(
      String kind,
      Engine<float[]> engine,
      EpochShuffler epochs,
      TrainingOptions training,
      int batch,
      double settled,
      Representation.Setting setting) {
    this.kind = kind;
    this.engine = engine;
    this.epochs = epochs;
    this.training = training;
    this.settled = settled;
    this.setting = setting;
    batches = (epochs.trainingRows() + batch - 1) / batch;
    passes = Math.max(1, Math.min(training.epochs(), training.steps() / batches));
  }

  /**
   * Passes the next rows of the epoch to the engine and computes their loss.
   *
   * @param size number of rows
   * @param progress progress of the training, 0 at the start, 1 at the end
   * @param streams one random stream per shard
   */
  public abstract void forward(int size, double progress, SeededRandom[] streams);

  /**
   * The mean loss of a validation row under the full β.
   *
   * @param rows number of validation rows, 1 or more
   * @param streams one random stream per shard, the same in each epoch
   */
  public abstract double validate(int rows, SeededRandom[] streams);

  /** The losses of each epoch. */
  public final List<EpochLoss> history() {
    return history;
  }

  /**
   * Runs the training.
   *
   * @return the best parameters; without validation the last ones
   * @throws ArithmeticException if the loss becomes infinite or NaN
   */
  public final float[] run() {
    SeededRandom[] streams =
        RngStreams.forShards(setting.seed(), RngStreams.TRAINING, engine.shards());
    float @Nullable [] best = null;
    double bestLoss = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    for (int epoch = 1; epoch <= passes; epoch++) {
      EpochLoss loss = pass(epoch, streams);
      int rows = epochs.validationRows();
      double validation =
          rows == 0
              ? Double.NaN
              : validate(
                  rows,
                  RngStreams.forShards(setting.seed(), RngStreams.VALIDATION, engine.shards()));
      loss.setValidation(Double.isNaN(validation) ? null : validation);
      history.add(loss);
      setting.listener().epoch(epoch, passes, loss.getTotal(), validation);
      boolean comparable = epoch > Math.ceil(settled * passes) || epoch == passes;
      if (!Double.isNaN(validation) && comparable) {
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

  /** Mean losses of a pass. */
  private EpochLoss pass(int epoch, SeededRandom[] streams) {
    double reconstruction = 0;
    double divergence = 0;
    double total = 0;
    int rows = epochs.trainingRows();
    epochs.begin();
    for (int b = 0; b < batches; b++) {
      // Batches of equal size, within one row.
      int size = (int) ((long) rows * (b + 1) / batches - (long) rows * b / batches);
      double progress = (epoch - 1 + (double) b / batches) / passes;
      forward(size, progress, streams);
      if (!Double.isFinite(engine.total())) {
        throw new ArithmeticException(
            ("the loss of the %s model is %s in epoch %s; lower learning_rate (now %s)"
                    + " or set clip_gradient")
                .formatted(kind, engine.total(), epoch, training.learningRate()));
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
    return new EpochLoss(epoch, reconstruction / rows, divergence / rows, total / rows, null);
  }
}
