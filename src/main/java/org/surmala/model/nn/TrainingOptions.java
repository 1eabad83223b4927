package org.surmala.model.nn;

import org.surmala.model.OptionReader;

/**
 * Options of the training loop.
 *
 * @param epochs maximum number of passes over the songs
 * @param steps maximum number of steps; a large collection gets fewer passes, at least one
 * @param batch songs per step
 * @param weightDecay decoupled weight decay (AdamW); 0 is Adam
 * @param clip largest norm of the gradient, which is scaled down to it; 0 for no limit
 * @param validation share of the songs held out to choose the best weights; none if they would be
 *     fewer than 8
 * @param patience epochs without a better validation loss before training ends; 0 for never
 */
public record TrainingOptions(
    int epochs,
    int steps,
    int batch,
    double learningRate,
    Schedule schedule,
    double weightDecay,
    double clip,
    double validation,
    int patience) {
  /** Reads the options, with a default share of the validation split. */
  public static TrainingOptions read(OptionReader reader, int batch, double validation) {
    return new TrainingOptions(
        reader.integer("epochs", 200, 1, 1_000_000),
        reader.integer("steps", 20_000, 1, 1_000_000_000),
        reader.integer("batch", batch, 1, 65_536),
        reader.number("learning_rate", 1e-3, 1e-9, 10),
        reader.choice("schedule", Schedule.COSINE),
        reader.number("weight_decay", 0, 0, 100),
        reader.number("clip_gradient", 0, 0, 1e12),
        reader.number("validation", validation, 0, 0.5),
        reader.integer("patience", 30, 0, 1_000_000));
  }

  /** The same with another number of passes. */
  public TrainingOptions withEpochs(int passes) {
    return new TrainingOptions(
        passes, steps, batch, learningRate, schedule, weightDecay, clip, validation, patience);
  }

  /** Schedule of the learning rate. */
  public enum Schedule {
    CONSTANT,
    /** Half a cosine down to 1 % (Loshchilov and Hutter, 2017, without restarts). */
    COSINE,
    /** Linear, down to 1 %. */
    LINEAR;

    /** The factor of the learning rate at a progress from 0 to 1. */
    double factor(double progress) {
      return switch (this) {
        case CONSTANT -> 1;
        case COSINE -> 0.01 + 0.99 * 0.5 * (1 + StrictMath.cos(Math.PI * progress));
        case LINEAR -> 1 - 0.99 * progress;
      };
    }
  }
}
