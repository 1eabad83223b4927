package org.surmala.model.nn;

import org.surmala.model.OptionReader;

/**
 * How a network is trained.
 *
 * @param epochs the most passes over the songs
 * @param steps the maximum number of steps; a large collection gets fewer passes, never less than
 *     one
 * @param batch songs in a step
 * @param learningRate of Adam
 * @param schedule schedule of the learning rate
 * @param weightDecay decoupled (AdamW); 0 is Adam
 * @param clip the gradient's norm is scaled down to this where it is greater; 0 for never
 * @param validation share of the songs that are set aside, and on which the best weights are
 *     chosen; none are when they would be fewer than 8
 * @param patience epochs without a better validation loss after which training ends; 0 for never
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
  /**
   * Reads them.
   *
   * @param batch the size of a batch where none is given
   * @param validation the share that is set aside where none is given
   */
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

  /** How the learning rate goes on from its first value. */
  public enum Schedule {
    CONSTANT,
    /** Half a cosine down to 1 % (Loshchilov and Hutter, 2017, without restarts). */
    COSINE,
    /** In a line down to 1 %. */
    LINEAR;

    /**
     * What the learning rate is multiplied by.
     *
     * @param progress 0 at the beginning, 1 at the end
     */
    double factor(double progress) {
      return switch (this) {
        case CONSTANT -> 1;
        case COSINE -> 0.01 + 0.99 * 0.5 * (1 + StrictMath.cos(Math.PI * progress));
        case LINEAR -> 1 - 0.99 * progress;
      };
    }
  }
}
