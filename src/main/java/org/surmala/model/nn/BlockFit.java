package org.surmala.model.nn;

import java.util.function.Consumer;
import org.surmala.model.Representation;

/** The training loop of a network of {@link Block}s, with a warm-up of the KL weight. */
public final class BlockFit extends TrainingLoop {
  private final Engine<float[]> engine;
  private final KlWarmUp warmUp;
  private final Consumer<float[]> change;
  private final float[] row;

  /**
   * @param kind name of the model for messages
   * @param change changes a row in place before the engine reads it
   */
  public BlockFit(
      String kind,
      Engine<float[]> engine,
      EpochShuffler epochs,
      int columns,
      TrainingOptions training,
      KlWarmUp warmUp,
      Representation.Setting setting,
      Consumer<float[]> change) {
    super(kind, engine, epochs, training, training.batch(), warmUp.share(), setting);
    this.engine = engine;
    this.warmUp = warmUp;
    this.change = change;
    row = new float[columns];
  }

  @Override
  public void forward(int size, double progress, SeededRandom[] streams) {
    for (int i = 0; i < size; i++) {
      epochs.next(row);
      change.accept(row);
      engine.setRow(i, row);
    }
    engine.forward(size, warmUp.at(progress), streams);
  }

  @Override
  public double validate(int rows, SeededRandom[] streams) {
    double loss = 0;
    int most = Math.min(training.batch(), epochs.trainingRows());
    for (int first = 0; first < rows; first += most) {
      int count = Math.min(most, rows - first);
      for (int i = 0; i < count; i++) {
        epochs.validationRow(first + i, row);
        change.accept(row);
        engine.setRow(i, row);
      }
      engine.forward(count, warmUp.beta(), streams);
      loss += engine.total() * count / rows;
    }
    return loss;
  }
}
