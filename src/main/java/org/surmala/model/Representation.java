package org.surmala.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.model.nn.FitListener;

/**
 * A map from songs to embeddings: validated options that {@link #fit} turns into a {@link
 * FittedModel}. Kinds are made by {@link Representations}; a new kind implements this interface and
 * {@link FittedModel}, and is named there.
 *
 * <p>A fit is a function of table, setting and options alone: the same ones give the same bytes at
 * any number of threads.
 */
public interface Representation {
  /** Its kind: raw, pca, vae, … */
  String kind();

  /** Every option, by its name in the pipeline's YAML, defaults included. */
  Map<String, String> options();

  /** What of a song it takes: its vector, where the kind does not say otherwise. */
  default InputSpec inputSpec() {
    return InputSpec.VECTOR;
  }

  /**
   * Fits.
   *
   * @param table at least {@link #MINIMUM_ROWS} songs, ascending by song id, of what {@link
   *     #inputSpec} takes of them
   * @throws IllegalArgumentException when the table has too few rows, or a value that is not finite
   * @throws ArithmeticException when the loss stops being finite; the message says what to change
   */
  FittedModel fit(TrainingRows table, Setting setting);

  /** No representation is fitted on fewer songs: one has no deviation. */
  int MINIMUM_ROWS = 2;

  /**
   * What a fit needs beside its options.
   *
   * @param seed of all randomness in the fit
   * @param groups name of the feature group of each column, or empty when there are none
   * @param threads at most this many threads work; the result does not depend on it
   * @param listener receives each epoch
   * @param start a model of the same kind, whose weights and statistics the fit begins from where
   *     the representation is fitted step by step and has the same shape; null for a fit from the
   *     beginning
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

    /** A fit from the beginning. */
    public Setting(long seed, List<String> groups, int threads, FitListener listener) {
      this(seed, groups, threads, listener, null);
    }

    /** A setting on one thread, without groups and without a listener. */
    public static Setting of(long seed) {
      return new Setting(seed, List.of(), 1, FitListener.SILENT);
    }

    /** The same, beginning from a model. */
    public Setting from(@Nullable FittedModel model) {
      return new Setting(seed, groups, threads, listener, model);
    }

    /**
     * Checks that there is a group for each column, or none at all.
     *
     * @throws IllegalArgumentException when there is another number of them
     */
    public void requireGroupsFor(int columns) {
      if (!groups.isEmpty() && groups.size() != columns) {
        throw new IllegalArgumentException(
            "there are " + groups.size() + " feature groups for " + columns + " columns");
      }
    }
  }
}
