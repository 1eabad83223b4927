package org.surmala.train;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ModelCheckpoint;

/**
 * Options of training.
 *
 * @param models at least one; no two of the same name
 * @param folder of the checkpoints, on any Beam file system, ending in a slash
 * @param seed of all randomness
 * @param groups name of the feature group of each dimension, in the specification's order; empty
 *     when there are none
 * @param threads that one fit may use; the results do not depend on it
 * @param starts models that the fits of the same names begin from, where the representation allows;
 *     those of other features or options are passed over
 */
public record TrainOptions(
    List<ModelSpec> models,
    String folder,
    long seed,
    List<String> groups,
    int threads,
    List<ModelCheckpoint> starts)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * With fewer songs than this there is nothing to fit: no checkpoint comes out, and the counter
   * {@code unfitted} counts the model.
   */
  public static final int MINIMUM_SONGS = 2;

  /**
   * @throws IllegalArgumentException when there is no model, two have one name, the folder does not
   *     end in a slash, or threads is not positive
   */
  public TrainOptions {
    models = List.copyOf(models);
    groups = List.copyOf(groups);
    starts = List.copyOf(starts);
    if (models.isEmpty()) {
      throw new IllegalArgumentException("train.models is empty; name at least one model");
    }
    Set<String> names = new HashSet<>();
    for (ModelSpec model : models) {
      if (!names.add(model.name())) {
        throw new IllegalArgumentException(
            "train.models has two models named '" + model.name() + "'; give each its own name");
      }
    }
    if (!folder.endsWith("/")) {
      throw new IllegalArgumentException(
          "the models' folder is '" + folder + "'; it must end in a slash");
    }
    if (threads < 1) {
      throw new IllegalArgumentException(
          "train.threads is " + threads + "; give a whole number from 1 up");
    }
  }

  /** Options of fits from the beginning. */
  public TrainOptions(
      List<ModelSpec> models, String folder, long seed, List<String> groups, int threads) {
    this(models, folder, seed, groups, threads, List.of());
  }

  /** Options without groups, whose fits may use every core. */
  public static TrainOptions of(List<ModelSpec> models, String folder, long seed) {
    return new TrainOptions(
        models, folder, seed, List.of(), Runtime.getRuntime().availableProcessors());
  }

  /** The same with the group of each dimension. */
  public TrainOptions withGroups(List<String> newGroups) {
    return new TrainOptions(models, folder, seed, newGroups, threads, starts);
  }

  /** The same with another number of threads. */
  public TrainOptions withThreads(int newThreads) {
    return new TrainOptions(models, folder, seed, groups, newThreads, starts);
  }

  /** The same, with fits that begin from these models. */
  public TrainOptions withStarts(List<ModelCheckpoint> newStarts) {
    return new TrainOptions(models, folder, seed, groups, threads, newStarts);
  }

  /** Where the fit of a model begins. */
  @Nullable ModelCheckpoint start(String name) {
    return starts.stream().filter(start -> start.getName().equals(name)).findFirst().orElse(null);
  }

  /** Whether a model reads lyrics. */
  public boolean readsLyrics() {
    return models.stream().anyMatch(model -> model.representation().inputSpec().hasLyrics());
  }

  /** The columns whose labels models are told, each once. */
  public List<String> columns() {
    return models.stream()
        .map(model -> model.representation().inputSpec().column())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  ModelSpec model(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst().orElseThrow();
  }
}
