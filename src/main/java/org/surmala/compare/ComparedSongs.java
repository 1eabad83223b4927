package org.surmala.compare;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.LabelCodes;
import org.surmala.model.InputSpec;
import org.surmala.model.TrainingRows;
import org.surmala.train.TrainingSet;

/**
 * The songs of a comparison in one process: read once, shared by all threads, and released when the
 * last thread closes them. Patches are read at the first fit that needs them, near-duplicates at
 * the first probe.
 */
final class ComparedSongs implements AutoCloseable {
  private static final Map<String, ComparedSongs> OF_PROCESS = new HashMap<>();

  private final ComparisonInput input;
  private final LabelledSongs songs;
  private final LabelCodes labels;
  private final Object onPatches = new Object();
  private int users;
  private @Nullable TrainingSet patches;
  private int @Nullable [] copies;

  private ComparedSongs(ComparisonInput input, LabelledSongs songs) {
    this.input = input;
    this.songs = songs;
    this.labels = LabelCodes.of(songs.labels());
  }

  /** The songs of the planned comparison; read unless this process already has them. */
  static ComparedSongs open(ComparisonInput input) throws IOException {
    synchronized (OF_PROCESS) {
      ComparedSongs known = OF_PROCESS.get(input.key());
      return known == null ? keep(input, input.read()) : known.used();
    }
  }

  /** Keeps songs that this process has already read. */
  static ComparedSongs keep(ComparisonInput input, LabelledSongs songs) {
    synchronized (OF_PROCESS) {
      return OF_PROCESS.computeIfAbsent(input.key(), key -> new ComparedSongs(input, songs)).used();
    }
  }

  private ComparedSongs used() {
    users++;
    return this;
  }

  LabelledSongs labelled() {
    return songs;
  }

  /** The label of each song. */
  LabelCodes labels() {
    return labels;
  }

  /** The group of each song; near-duplicates are in the same group. */
  synchronized int[] copies() {
    int[] known = copies;
    if (known == null) {
      known = songs.copies();
      copies = known;
    }
    return known;
  }

  /** Runs a fit on the rows of an input. */
  <R> R with(InputSpec inputSpec, Function<TrainingRows, R> fit) throws IOException {
    if (!inputSpec.hasPatches()) {
      return fit.apply(songs.featuresFor(inputSpec));
    }
    // A table in a file has one reader at a time.
    synchronized (onPatches) {
      TrainingSet known = patches;
      if (known == null) {
        known = songs.patches(input.source().data(), input.settings(), inputSpec);
        patches = known;
      }
      return fit.apply(known.table());
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (OF_PROCESS) {
      users--;
      if (users > 0) {
        return;
      }
      OF_PROCESS.remove(input.key());
    }
    if (patches != null) {
      patches.close();
    }
  }
}
