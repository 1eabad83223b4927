package org.surmala.train;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The progress of fits in this process, for a progress line: a runner shows counters only at the
 * end of a bundle, and a fit is one bundle.
 */
public final class TrainingProgress {
  private static final Map<String, Epoch> RUNNING = new ConcurrentHashMap<>();

  private TrainingProgress() {}

  /**
   * The last epoch of a fit.
   *
   * @param epoch number of the epoch, from 1
   * @param epochs maximum number of epochs
   * @param loss mean training loss per song
   * @param validation mean loss over the validation songs; NaN without any
   */
  public record Epoch(int epoch, int epochs, double loss, double validation) {}

  /** A copy of the running fits, by model name. */
  public static Map<String, Epoch> running() {
    return new TreeMap<>(RUNNING);
  }

  static void epoch(String model, Epoch epoch) {
    RUNNING.put(model, epoch);
  }

  static void ended(String model) {
    RUNNING.remove(model);
  }
}
