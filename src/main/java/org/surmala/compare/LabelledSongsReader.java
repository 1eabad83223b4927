package org.surmala.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surmala.config.AudioOptions;
import org.surmala.config.Settings;
import org.surmala.config.UsageException;
import org.surmala.failure.SongException;
import org.surmala.featurize.FeatureDimension;
import org.surmala.model.InputSpec;
import org.surmala.model.TrainingRows;
import org.surmala.read.Catalog;
import org.surmala.read.FeatureTable;
import org.surmala.read.FeatureTableOptions;
import org.surmala.read.TableRow;
import org.surmala.read.UserTable;
import org.surmala.report.SongParts;
import org.surmala.store.FeatureStore;
import org.surmala.words.Noun;

/**
 * Reads the songs of a comparison: from the feature store and metadata.csv, or from a feature
 * table.
 */
final class LabelledSongsReader {
  private static final String METADATA = "metadata.csv";
  private static final String LYRICS = "lyrics";
  private static final String FILEPATH = "filepath";

  private LabelledSongsReader() {}

  /** The features of a song. */
  private record Known(float[] values, List<float[]> windows) {}

  /**
   * Checks that {@link #stored} finds features and metadata of a run.
   *
   * @param data the data folder, ending in a slash
   * @throws UsageException if it does not; the message names the command to run first
   */
  static void requireStored(String data, Settings settings) throws IOException {
    String spec = AudioOptions.of(settings).spec();
    String missing =
        store(data, settings).featureFiles().isEmpty()
            ? "features of version " + spec
            : SongParts.metadata(data).isEmpty() ? METADATA : null;
    if (missing != null) {
      throw new UsageException(
          ("--data %s has no %s; first run: surmala run --songs PATH --data %s, with the"
                  + " same options of the features")
              .formatted(data, missing, data));
    }
  }

  static FeatureStore store(String data, Settings settings) {
    return new FeatureStore(data + "features", AudioOptions.of(settings).spec());
  }

  /**
   * The songs of the feature store, with their labels from metadata.csv or its parts. A row belongs
   * to the song with its id; in the user's own file with other ids, to the song that the last run
   * found at its path. If rows have the same song, the first by path counts, as in a run.
   *
   * @param data folder of both, ending in a slash
   * @param leastOfLabel smallest number of songs per label
   * @param conditions columns for conditional models; those that exist in metadata.csv are read
   * @throws UsageException if metadata.csv has no label column
   */
  static LabelledSongs stored(
      String data, Settings settings, String column, int leastOfLabel, List<String> conditions)
      throws IOException {
    String metadata = data + METADATA;
    List<String> names = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (FeatureDimension dimension : settings.dimensions()) {
      names.add(dimension.name());
      groups.add(dimension.group().label());
    }
    Map<String, Known> audio = new HashMap<>();
    for (String file : store(data, settings).featureFiles()) {
      FeatureStore.readFeatures(
          file,
          song ->
              audio.put(
                  song.getId(),
                  new Known(
                      InputSpec.VECTOR.vector(song), InputSpec.VECTOR_AND_WINDOWS.windows(song))));
    }
    Catalog catalog = Catalog.read(data + Catalog.FILE);
    Map<String, String> labels = new TreeMap<>();
    Map<String, String> lyrics = new HashMap<>();
    Map<String, Map<String, String>> conditionLabels = new TreeMap<>();
    List<String> notes = new ArrayList<>();
    List<TableRow> rows = new ArrayList<>();
    try {
      for (String file : SongParts.metadata(data)) {
        List<String> faults = new ArrayList<>();
        try (UserTable table = UserTable.open(file, FILEPATH)) {
          table.require(column, "--label");
          for (TableRow row = table.next(); row != null; row = table.next()) {
            if (row.fault() == null) {
              rows.add(row);
            } else {
              faults.add(row.fault());
            }
          }
        }
        noteFaults(notes, "rows of " + file + " left out", faults);
      }
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    rows.sort(Comparator.comparing(row -> row.cell(FILEPATH)));
    for (TableRow row : rows) {
      String id = row.cell("id");
      String found = audio.containsKey(id) ? id : catalog.idAt(metadata, row.cell(FILEPATH));
      String song = found == null ? row.cell(FILEPATH) : found;
      labels.putIfAbsent(song, Objects.requireNonNullElse(row.label(column), ""));
      String words = row.text(LYRICS);
      if (words != null) {
        lyrics.putIfAbsent(song, words);
      }
      for (String known : conditions) {
        if (row.has(known)) {
          conditionLabels
              .computeIfAbsent(known, c -> new HashMap<>())
              .putIfAbsent(song, Objects.requireNonNullElse(row.label(known), ""));
        }
      }
    }
    return of(
        Noun.SONG, labels, audio, lyrics, conditionLabels, names, groups, leastOfLabel, notes);
  }

  /**
   * The songs of a feature table.
   *
   * @param leastOfLabel smallest number of songs per label
   * @throws UsageException if the table cannot be read, or has no label column
   */
  static LabelledSongs of(FeatureTableOptions source, int leastOfLabel, List<String> conditions)
      throws IOException {
    FeatureTable table;
    try {
      table = FeatureTable.scan(source.withConditionColumns(conditions));
    } catch (IOException e) {
      throw new UsageException("--features " + e.getMessage(), e);
    }
    Map<String, String> labels = new TreeMap<>();
    Map<String, Known> values = new HashMap<>();
    Map<String, Map<String, String>> conditionLabels = new TreeMap<>();
    conditions.forEach(column -> conditionLabels.put(column, new HashMap<>()));
    List<String> faults = new ArrayList<>();
    table.read(
        new FeatureTable.Sink() {
          @Override
          public void song(
              String id,
              String uri,
              @Nullable String label,
              float[] features,
              Map<String, String> further) {
            labels.put(id, label == null ? "" : label);
            values.put(id, new Known(features, List.of()));
            further.forEach(
                (column, value) ->
                    Objects.requireNonNull(conditionLabels.get(column)).put(id, value));
          }

          @Override
          public void duplicate(String id, String uri) {
            faults.add("id '" + id + "' has an earlier row");
          }

          @Override
          public void failed(@Nullable String id, String uri, SongException why) {
            faults.add(String.valueOf(why.getMessage()));
          }
        });
    List<String> notes = new ArrayList<>(table.notes());
    noteFaults(notes, "rows left out", faults);
    return of(
        Noun.ROW,
        labels,
        values,
        Map.of(),
        conditionLabels,
        table.features(),
        List.of(),
        leastOfLabel,
        notes);
  }

  private static LabelledSongs of(
      Noun noun,
      Map<String, String> labels,
      Map<String, Known> audio,
      Map<String, String> lyrics,
      Map<String, Map<String, String>> conditions,
      List<String> names,
      List<String> groups,
      int leastOfLabel,
      List<String> notes) {
    int all = labels.size();
    labels.keySet().retainAll(audio.keySet());
    note(notes, all - labels.size(), "have no features");
    all = labels.size();
    labels.values().removeIf(String::isBlank);
    note(notes, all - labels.size(), "have no label");
    all = labels.size();
    Map<String, Long> counts =
        labels.values().stream().collect(Collectors.groupingBy(l -> l, Collectors.counting()));
    labels.values().removeIf(label -> counts.getOrDefault(label, 0L) < leastOfLabel);
    note(notes, all - labels.size(), "have a label of fewer than " + noun.count(leastOfLabel));

    float[] rows = new float[labels.size() * names.size()];
    List<List<float[]>> windows = new ArrayList<>();
    int row = 0;
    for (String id : labels.keySet()) {
      Known known = Objects.requireNonNull(audio.get(id));
      windows.add(known.windows());
      float[] song = known.values();
      if (song.length != names.size()) {
        throw new IllegalStateException(
            ("%s %s has %s features where there should be %s; remove the feature store"
                    + " and run again")
                .formatted(noun, id, song.length, names.size()));
      }
      System.arraycopy(song, 0, rows, row++ * names.size(), names.size());
    }
    return new LabelledSongs(
        noun,
        List.copyOf(labels.keySet()),
        List.copyOf(labels.values()),
        TrainingRows.of(names.size(), rows),
        List.copyOf(windows),
        labels.keySet().stream().map(lyrics::get).toList(),
        ofEach(labels.keySet(), conditions),
        names,
        groups,
        "",
        notes);
  }

  /** Empty cells are not labels. */
  private static Map<String, List<@Nullable String>> ofEach(
      Set<String> ids, Map<String, Map<String, String>> conditions) {
    Map<String, List<@Nullable String>> ofEach = new TreeMap<>();
    conditions.forEach(
        (column, labels) -> {
          List<@Nullable String> values = new ArrayList<>();
          for (String id : ids) {
            String label = labels.get(id);
            values.add(label == null || label.isBlank() ? null : label);
          }
          ofEach.put(column, Collections.unmodifiableList(values));
        });
    return ofEach;
  }

  private static void noteFaults(List<String> notes, String what, List<String> faults) {
    if (!faults.isEmpty()) {
      notes.add(what + ": " + faults.size() + ", the first because " + faults.get(0));
    }
  }

  private static void note(List<String> notes, int songs, String why) {
    if (songs > 0) {
      notes.add("left out because they " + why + ": " + songs);
    }
  }
}
