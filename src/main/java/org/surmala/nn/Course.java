package org.surmala.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.EpochLoss;

/**
 * The course of one fit of a {@link BlockEngine}: epochs of steps, with the divergence warmed up;
 * validation after each, by batches and with the same noise each time; and the best weights in the
 * end. A loss under a smaller β is no loss to compare with, so they are chosen once β has risen.
 */
final class Course {
  private final String kind;
  private final BlockEngine<float[]> engine;
  private final Epochs epochs;
  private final TrainingOptions training;
  private final WarmUp warmUp;
  private final Representation.Setting setting;
  private final RowChange change;
  private final float[] row;
  private final int batches;
  private final int passes;
  private final List<EpochLoss> history = new ArrayList<>();

  /** What is done to a row, in place, before the engine has it. */
  @FunctionalInterface
  interface RowChange {
    void apply(float[] row);
  }

  /**
   * @param kind names the model in a message
   * @param columns of the epochs' rows
   */
  Course(
      String kind,
      BlockEngine<float[]> engine,
      Epochs epochs,
      int columns,
      TrainingOptions training,
      WarmUp warmUp,
      Representation.Setting setting,
      RowChange change) {
    this.kind = kind;
    this.engine = engine;
    this.epochs = epochs;
    this.training = training;
    this.warmUp = warmUp;
    this.setting = setting;
    this.change = change;
    row = new float[columns];
    batches = (epochs.trainingRows() + training.batch() - 1) / training.batch();
    passes = Math.max(1, Math.min(training.epochs(), training.steps() / batches));
  }

  /** Each epoch's losses. */
  List<EpochLoss> history() {
    return history;
  }

  /**
   * Runs to the end.
   *
   * @return the best parameters, or without validation the last
   * @throws ArithmeticException when the loss stops being finite
   */
  float[] run() {
    Noise[] streams = Streams.forShards(setting.seed(), Streams.TRAINING, engine.shards());
    float @Nullable [] best = null;
    double bestLoss = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    for (int epoch = 1; epoch <= passes; epoch++) {
      double[] losses = pass(epoch, streams);
      double validation = validate();
      history.add(
          new EpochLoss(
              epoch,
              losses[0],
              losses[1],
              losses[2],
              Double.isNaN(validation) ? null : validation));
      setting.listener().epoch(epoch, passes, losses[2], validation);
      boolean settled = epoch > Math.ceil(warmUp.share() * passes) || epoch == passes;
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

  /** Mean reconstruction, divergence and total of a pass. */
  private double[] pass(int epoch, Noise[] streams) {
    double[] losses = new double[3];
    int rows = epochs.trainingRows();
    epochs.begin();
    for (int b = 0; b < batches; b++) {
      // Batches of the same size, give or take one.
      int size = (int) ((long) rows * (b + 1) / batches - (long) rows * b / batches);
      for (int i = 0; i < size; i++) {
        epochs.next(row);
        change.apply(row);
        engine.setRow(i, row);
      }
      double progress = (epoch - 1 + (double) b / batches) / passes;
      engine.forward(size, warmUp.at(progress), streams);
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
      losses[0] += engine.reconstruction() * size / rows;
      losses[1] += engine.divergence() * size / rows;
      losses[2] += engine.total() * size / rows;
      engine.backward();
      engine.update(
          AdamOptions.STANDARD,
          training.learningRate() * training.schedule().factor(progress),
          training.weightDecay(),
          training.clip() > 0 ? training.clip() : Double.POSITIVE_INFINITY);
    }
    return losses;
  }

  private double validate() {
    int rows = epochs.validationRows();
    if (rows == 0) {
      return Double.NaN;
    }
    Noise[] streams = Streams.forShards(setting.seed(), Streams.VALIDATION, engine.shards());
    double loss = 0;
    int most = Math.min(training.batch(), epochs.trainingRows());
    for (int first = 0; first < rows; first += most) {
      int count = Math.min(most, rows - first);
      for (int i = 0; i < count; i++) {
        epochs.validationRow(first + i, row);
        change.apply(row);
        engine.setRow(i, row);
      }
      engine.forward(count, warmUp.beta(), streams);
      loss += engine.total() * count / rows;
    }
    return loss;
  }
}
