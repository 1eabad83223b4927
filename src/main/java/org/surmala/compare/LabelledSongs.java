package org.surmala.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
import org.surmala.evaluate.NearDuplicates;
import org.surmala.failure.SongException;
import org.surmala.featurize.FeatureDimension;
import org.surmala.io.FolderFiles;
import org.surmala.model.InputSpec;
import org.surmala.model.TrainingRows;
import org.surmala.read.Catalog;
import org.surmala.read.FeatureTable;
import org.surmala.read.FeatureTableOptions;
import org.surmala.read.UserTable;
import org.surmala.read.UserTable.Row;
import org.surmala.schema.FeatureBatch;
import org.surmala.schema.SegmentFeatures;
import org.surmala.store.FeatureStore;
import org.surmala.train.FeatureBatches;
import org.surmala.train.TrainingSet;
import org.surmala.words.Noun;

/**
 * Songs that have both features and a label.
 *
 * @param noun what they are called in texts
 * @param ids ascending
 * @param labels one for each id
 * @param features a row for each id
 * @param windows vectors of windows of each song, by id; none if none are stored
 * @param lyrics one for each id; null where it has none
 * @param told labels that conditional models are told, by column; one for each id, null where it
 *     has none
 * @param names of the features
 * @param groups of the features; empty when they have none
 * @param notes what was left out, and why, one line each
 */
record LabelledSongs(
    Noun noun,
    List<String> ids,
    List<String> labels,
    TrainingRows features,
    List<List<float[]>> windows,
    List<@Nullable String> lyrics,
    Map<String, List<@Nullable String>> told,
    List<String> names,
    List<String> groups,
    List<String> notes) {
  private static final String METADATA = "metadata.csv";
  private static final String LYRICS = "lyrics";
  private static final String FILEPATH = "filepath";

  LabelledSongs {
    ids = List.copyOf(ids);
    labels = List.copyOf(labels);
    lyrics = Collections.unmodifiableList(new ArrayList<>(lyrics));
    told = Collections.unmodifiableMap(new TreeMap<>(told));
    names = List.copyOf(names);
    groups = List.copyOf(groups);
    notes = List.copyOf(notes);
  }

  /** What the features of one song are. */
  // Carries an array; never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Heard(float[] values, List<float[]> windows) {}

  /** The group of each song: those of one are near-duplicates of one another. */
  int[] copies() {
    double[][] rows = new double[ids.size()][features.columns()];
    float[] row = new float[features.columns()];
    for (int i = 0; i < rows.length; i++) {
      features.read(i, row, 0);
      for (int f = 0; f < row.length; f++) {
        rows[i][f] = row[f];
      }
    }
    return NearDuplicates.among(ids, rows, groups).groups();
  }

  /** How many different labels there are. */
  int labelCount() {
    return (int) labels.stream().distinct().count();
  }

  /**
   * Checks that a run has left what {@link #stored} reads.
   *
   * @param data the data folder, ending in a slash
   * @throws UsageException when it has not; the message names the command to run first
   */
  static void requireStored(String data, Settings settings) throws IOException {
    String spec = AudioOptions.of(settings).spec();
    String missing =
        store(data, settings).featureFiles().isEmpty()
            ? "features of version " + spec
            : FolderFiles.find(data + METADATA) != null ? null : METADATA;
    if (missing != null) {
      throw new UsageException(
          "--data "
              + data
              + " has no "
              + missing
              + "; first run: surmala run --songs PATH --data "
              + data
              + ", with the same options of the features");
    }
  }

  private static FeatureStore store(String data, Settings settings) {
    return new FeatureStore(data + "features", AudioOptions.of(settings).spec());
  }

  /**
   * The songs of the feature store, with their labels from metadata.csv. A row is of the song whose
   * id it has; in a file of the owner's, whose ids are other ones, of the song that the last run
   * found at its path. Of rows that hold the same song the first by path counts, as in a run.
   *
   * @param data folder of both, ending in a slash
   * @param column of the label
   * @param leastOfLabel songs that a label needs to be kept
   * @param told columns that models are told; those that metadata.csv has are read
   * @throws UsageException when metadata.csv has no column of the label
   */
  static LabelledSongs stored(
      String data, Settings settings, String column, int leastOfLabel, List<String> told)
      throws IOException {
    String metadata = data + METADATA;
    List<String> names = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (FeatureDimension dimension : settings.dimensions()) {
      names.add(dimension.name());
      groups.add(dimension.group().label());
    }
    Map<String, Heard> audio = new HashMap<>();
    for (String file : store(data, settings).featureFiles()) {
      FeatureStore.readFeatures(
          file,
          song ->
              audio.put(
                  song.getId(),
                  new Heard(values(song), InputSpec.VECTOR_AND_WINDOWS.windows(song))));
    }
    Catalog catalog = Catalog.read(data + Catalog.FILE);
    Map<String, String> labels = new TreeMap<>();
    Map<String, String> lyrics = new HashMap<>();
    Map<String, Map<String, String>> toldLabels = new TreeMap<>();
    List<String> notes = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    try (UserTable table = UserTable.open(metadata, FILEPATH)) {
      table.require(column, "--label");
      List<String> faults = new ArrayList<>();
      for (Row row = table.next(); row != null; row = table.next()) {
        if (row.fault() == null) {
          rows.add(row);
        } else {
          faults.add(row.fault());
        }
      }
      noteFaults(notes, "rows of " + metadata + " left out", faults);
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    rows.sort(Comparator.comparing(row -> row.cell(FILEPATH)));
    for (Row row : rows) {
      String id = row.cell("id");
      String found = audio.containsKey(id) ? id : catalog.idAt(metadata, row.cell(FILEPATH));
      String song = found == null ? row.cell(FILEPATH) : found;
      labels.putIfAbsent(song, Objects.requireNonNullElse(row.label(column), ""));
      String words = row.text(LYRICS);
      if (words != null) {
        lyrics.putIfAbsent(song, words);
      }
      for (String known : told) {
        if (row.has(known)) {
          toldLabels
              .computeIfAbsent(known, c -> new HashMap<>())
              .putIfAbsent(song, Objects.requireNonNullElse(row.label(known), ""));
        }
      }
    }
    return of(Noun.SONG, labels, audio, lyrics, toldLabels, names, groups, leastOfLabel, notes);
  }

  /**
   * The songs' patches, all of them; the caller's to close.
   *
   * @param data folder of the feature store
   * @param intake of patches
   */
  TrainingSet patches(String data, Settings settings, InputSpec intake) throws IOException {
    Set<String> wanted = new HashSet<>(ids);
    FeatureBatches batches = new FeatureBatches(new InputSpec(intake.source(), 0));
    try (TrainingSet.Gatherer gatherer = new TrainingSet.Gatherer()) {
      for (String file : store(data, settings).featureFiles()) {
        FeatureStore.readFeatures(
            file,
            song -> {
              // A song may stand in two files, with the same content.
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

  /** The features and the other inputs of a model: windows, lyrics, a label. */
  TrainingRows featuresFor(InputSpec intake) {
    String column = intake.column();
    if (column == null && !intake.hasLyrics() && !intake.hasWindows()) {
      return features;
    }
    List<@Nullable String> labels =
        column == null ? List.of() : Objects.requireNonNull(told.get(column), column);
    return new TrainingRows() {
      @Override
      public int rows() {
        return features.rows();
      }

      @Override
      public int columns() {
        return features.columns();
      }

      @Override
      public void read(int row, float[] into, int offset) {
        features.read(row, into, offset);
      }

      @Override
      public @Nullable String lyrics(int row) {
        return intake.hasLyrics() ? lyrics.get(row) : null;
      }

      @Override
      public List<float[]> windows(int row) {
        return intake.hasWindows() ? windows.get(row) : List.of();
      }

      @Override
      public @Nullable String label(int row) {
        return labels.isEmpty() ? null : labels.get(row);
      }
    };
  }

  private static float[] values(SegmentFeatures song) {
    float[] values = new float[song.getDimensions()];
    song.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /**
   * The songs of a finished table.
   *
   * @param leastOfLabel songs that a label needs to be kept
   * @param told columns that models are told
   * @throws UsageException when the table cannot be read, or has no column of labels
   */
  static LabelledSongs of(FeatureTableOptions source, int leastOfLabel, List<String> told)
      throws IOException {
    FeatureTable table;
    try {
      table = FeatureTable.scan(source.withToldColumns(told));
    } catch (IOException e) {
      throw new UsageException("--features " + e.getMessage(), e);
    }
    Map<String, String> labels = new TreeMap<>();
    Map<String, Heard> values = new HashMap<>();
    Map<String, Map<String, String>> toldLabels = new TreeMap<>();
    told.forEach(column -> toldLabels.put(column, new HashMap<>()));
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
            values.put(id, new Heard(features, List.of()));
            further.forEach(
                (column, value) -> Objects.requireNonNull(toldLabels.get(column)).put(id, value));
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
        toldLabels,
        table.features(),
        List.of(),
        leastOfLabel,
        notes);
  }

  private static LabelledSongs of(
      Noun noun,
      Map<String, String> labels,
      Map<String, Heard> audio,
      Map<String, String> lyrics,
      Map<String, Map<String, String>> told,
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
      Heard known = Objects.requireNonNull(audio.get(id));
      windows.add(known.windows());
      float[] song = known.values();
      if (song.length != names.size()) {
        throw new IllegalStateException(
            noun
                + " "
                + id
                + " has "
                + song.length
                + " features where there should be "
                + names.size()
                + "; remove the feature store and run again");
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
        ofEach(labels.keySet(), told),
        names,
        groups,
        notes);
  }

  /** Empty cells are no labels. */
  private static Map<String, List<@Nullable String>> ofEach(
      Set<String> ids, Map<String, Map<String, String>> told) {
    Map<String, List<@Nullable String>> ofEach = new TreeMap<>();
    told.forEach(
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
