package org.surmala.model.nn;

import org.surmala.model.OptionReader;

/**
 * Warm-up of the KL weight.
 *
 * @param beta full weight
 * @param share share of the training in which the weight rises linearly from 0
 */
public record KlWarmUp(double beta, double share) {
  public static KlWarmUp read(OptionReader reader) {
    return new KlWarmUp(reader.number("beta", 1, 0, 1e6), reader.number("warm_up", 0.3, 0, 1));
  }

  /** β at a progress from 0 to 1. */
  double at(double progress) {
    return share == 0 ? beta : beta * Math.min(1, progress / share);
  }
}
