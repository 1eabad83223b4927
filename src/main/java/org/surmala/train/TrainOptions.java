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
 * @param models at least one; distinct names
 * @param folder folder of the checkpoints, on any Beam file system, ending in a slash
 * @param groups name of the feature group of each dimension, in the specification's order; empty
 *     without groups
 * @param threads threads of one fit; the results do not depend on it
 * @param starts models that fits with the same names start from, if the representation supports it;
 *     models with other features or options are ignored
 */
public record TrainOptions(
    List<ModelSpec> models,
    String folder,
    long seed,
    List<String> groups,
    int threads,
    List<ModelCheckpoint> starts)
    implements Serializable {
  /**
   * Minimum number of songs: with fewer there is no checkpoint, and the counter {@code unfitted}
   * counts the model.
   */
  public static final int MINIMUM_SONGS = 2;

  /**
   * @throws IllegalArgumentException if there is no model, two have the same name, the folder does
   *     not end in a slash, or threads is not positive
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

  /** Options of fits from scratch. */
  public TrainOptions(
      List<ModelSpec> models, String folder, long seed, List<String> groups, int threads) {
    this(models, folder, seed, groups, threads, List.of());
  }

  /** The same options with fits that start from these models. */
  public TrainOptions withStarts(List<ModelCheckpoint> newStarts) {
    return new TrainOptions(models, folder, seed, groups, threads, newStarts);
  }

  /** The model that a fit starts from; null for a fit from scratch. */
  @Nullable ModelCheckpoint start(String name) {
    return starts.stream().filter(start -> start.getName().equals(name)).findFirst().orElse(null);
  }

  /** Whether a model reads lyrics. */
  public boolean readsLyrics() {
    return models.stream().anyMatch(model -> model.representation().inputSpec().hasLyrics());
  }

  /** The distinct columns of conditional models. */
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
