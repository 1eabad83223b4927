package org.surmala.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.config.Settings;
import org.surmala.evaluate.NearDuplicates;
import org.surmala.evaluate.NeighbourFindings;
import org.surmala.model.InputSpec;
import org.surmala.model.TrainingRows;
import org.surmala.schema.FeatureBatch;
import org.surmala.store.FeatureStore;
import org.surmala.train.FeatureBatches;
import org.surmala.train.TrainingSet;
import org.surmala.words.Noun;

/**
 * Songs that have both features and a label.
 *
 * @param ids ids, ascending
 * @param labels one for each id
 * @param features a row for each id
 * @param windows vectors of windows of each song, by id; empty if none are stored
 * @param lyrics one for each id; null without lyrics
 * @param conditions labels for conditional models, by column; one for each id, null without one
 * @param groups groups of the features; empty without groups
 * @param group column of {@code conditions} with groups: songs with the same value belong together;
 *     empty for none
 * @param notes what was left out, and why, one line each
 */
record LabelledSongs(
    Noun noun,
    List<String> ids,
    List<String> labels,
    TrainingRows features,
    List<List<float[]>> windows,
    List<@Nullable String> lyrics,
    Map<String, List<@Nullable String>> conditions,
    List<String> names,
    List<String> groups,
    String group,
    List<String> notes) {
  LabelledSongs {
    ids = List.copyOf(ids);
    labels = List.copyOf(labels);
    lyrics = Collections.unmodifiableList(new ArrayList<>(lyrics));
    conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
    names = List.copyOf(names);
    groups = List.copyOf(groups);
    notes = List.copyOf(notes);
  }

  /** The same songs with a group column. */
  LabelledSongs inGroups(String column) {
    return new LabelledSongs(
        noun, ids, labels, features, windows, lyrics, conditions, names, groups, column, notes);
  }

  /** The group of each song: near-duplicates, and songs that belong together. */
  int[] copies() {
    InputSpec own = InputSpec.VECTOR.of(InputSpec.Part.FEATURES);
    TrainingRows table = featuresFor(own);
    double[][] rows = new double[ids.size()][table.columns()];
    float[] row = new float[table.columns()];
    for (int i = 0; i < rows.length; i++) {
      table.read(i, row, 0);
      for (int f = 0; f < row.length; f++) {
        rows[i][f] = row[f];
      }
    }
    int[] copies = NearDuplicates.among(ids, rows, own.groups(groups)).groups();
    List<@Nullable String> values = conditions.get(group);
    return values == null ? copies : NeighbourFindings.linked(copies, values);
  }

  /** Number of distinct labels. */
  int labelCount() {
    return (int) labels.stream().distinct().count();
  }

  /** All patches of the songs in the feature store; the caller closes them. */
  TrainingSet patches(String data, Settings settings, InputSpec inputSpec) throws IOException {
    Set<String> wanted = new HashSet<>(ids);
    FeatureBatches batches = new FeatureBatches(new InputSpec(inputSpec.source(), 0));
    try (TrainingSet.Gatherer gatherer = new TrainingSet.Gatherer()) {
      for (String file : LabelledSongsReader.store(data, settings).featureFiles()) {
        FeatureStore.readFeatures(
            file,
            song -> {
              // A song may be in two files, with the same content.
              if (wanted.remove(song.getId())) {
                batches.add(song);
                add(gatherer, batches.packed());
              }
            });
      }
      return gatherer.gathered();
    }
  }

  private static void add(TrainingSet.Gatherer gatherer, FeatureBatch batch) {
    try {
      gatherer.add(batch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The inputs of a model: columns of the vectors, windows, lyrics, a label. */
  TrainingRows featuresFor(InputSpec inputSpec) {
    String column = inputSpec.column();
    int[] columns =
        groups.isEmpty()
            ? IntStream.range(0, features.columns()).toArray()
            : inputSpec.columns(groups);
    if (column == null
        && !inputSpec.hasLyrics()
        && !inputSpec.hasWindows()
        && columns.length == features.columns()) {
      return features;
    }
    List<@Nullable String> labels =
        column == null ? List.of() : Objects.requireNonNull(conditions.get(column), column);
    return new TrainingRows() {
      @Override
      public int rows() {
        return features.rows();
      }

      @Override
      public int columns() {
        return columns.length;
      }

      @Override
      public void read(int row, float[] into, int offset) {
        float[] whole = new float[features.columns()];
        features.read(row, whole, 0);
        taken(whole, columns, into, offset);
      }

      @Override
      public @Nullable String lyrics(int row) {
        return inputSpec.hasLyrics() ? lyrics.get(row) : null;
      }

      @Override
      public List<float[]> windows(int row) {
        if (!inputSpec.hasWindows()) {
          return List.of();
        }
        return windows.get(row).stream()
            .map(
                whole -> {
                  float[] part = new float[columns.length];
                  taken(whole, columns, part, 0);
                  return part;
                })
            .toList();
      }

      @Override
      public @Nullable String label(int row) {
        return labels.isEmpty() ? null : labels.get(row);
      }
    };
  }

  private static void taken(float[] whole, int[] columns, float[] into, int offset) {
    for (int i = 0; i < columns.length; i++) {
      into[offset + i] = whole[columns[i]];
    }
  }
}
