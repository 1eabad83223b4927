package org.surmala.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.model.nn.FitListener;

/**
 * A map from songs to embeddings: validated options that {@link #fit} turns into a {@link
 * FittedModel}. {@link Representations} creates all kinds; a new kind extends {@link
 * LoadableRepresentation}, implements {@link FittedModel}, and is registered there.
 *
 * <p>A fit depends only on table, setting and options: equal ones give equal bytes at any number of
 * threads.
 */
public interface Representation {
  /** The kind: raw, pca, vae, … */
  String kind();

  /** Every option, by its name in the pipeline's YAML, defaults included. */
  Map<String, String> options();

  /** The input; by default the song vector. */
  default InputSpec inputSpec() {
    return InputSpec.VECTOR;
  }

  /**
   * Fits the representation.
   *
   * @param table at least {@link #MINIMUM_ROWS} songs, ascending by id, with the input that {@link
   *     #inputSpec} names
   * @throws IllegalArgumentException if the table has too few rows, or a value that is not finite
   * @throws ArithmeticException if the loss becomes infinite or NaN; the message says what to
   *     change
   */
  FittedModel fit(TrainingRows table, Setting setting);

  /** Smallest number of songs for a fit: a single song has no standard deviation. */
  int MINIMUM_ROWS = 2;

  /**
   * The environment of a fit.
   *
   * @param groups name of the feature group of each column, or empty
   * @param threads largest number of threads; the result does not depend on it
   * @param listener receives each epoch
   * @param start a model of the same kind whose weights and statistics an iterative fit of the same
   *     shape starts from; null for a fit from scratch
   */
  record Setting(
      long seed,
      List<String> groups,
      int threads,
      FitListener listener,
      @Nullable FittedModel start) {
    public Setting {
      if (threads < 1) {
        throw new IllegalArgumentException("threads is " + threads + "; give 1 or more");
      }
      groups = List.copyOf(groups);
    }

    /** A setting for a fit from scratch. */
    public Setting(long seed, List<String> groups, int threads, FitListener listener) {
      this(seed, groups, threads, listener, null);
    }

    /** A setting on one thread, without groups and without a listener. */
    public static Setting of(long seed) {
      return new Setting(seed, List.of(), 1, FitListener.SILENT);
    }

    /** The same setting, starting from a model. */
    public Setting from(@Nullable FittedModel model) {
      return new Setting(seed, groups, threads, listener, model);
    }

    /**
     * Checks that there is one group for each column, or none.
     *
     * @throws IllegalArgumentException if the number differs
     */
    public void requireGroupsFor(int columns) {
      if (!groups.isEmpty() && groups.size() != columns) {
        throw new IllegalArgumentException(
            "there are " + groups.size() + " feature groups for " + columns + " columns");
      }
    }
  }
}
