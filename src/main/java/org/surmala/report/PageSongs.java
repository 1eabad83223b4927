package org.surmala.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.MusicalKey;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.metric.MutualProximity;
import org.surmala.metric.Neighbours;
import org.surmala.schema.SongNeighbours;
import org.surmala.words.Noun;

/** The songs that the page shows, column by column. */
final class PageSongs {
  /** Above this number of songs the page shows a sample, and says so. */
  static final int MOST_SONGS = 100_000;

  private static final int NEAREST = 5;

  private final ReportData data;
  private final int[] chosen;

  /** Index of each song on the page, by id. */
  private final Map<String, Integer> places = new HashMap<>();

  PageSongs(ReportOptions options, ReportData data) {
    this.data = data;
    int n = data.assignments().size();
    this.chosen = n <= MOST_SONGS ? IntStream.range(0, n).toArray() : sample(n, options.seed());
    for (int c = 0; c < chosen.length; c++) {
      places.put(data.assignments().get(chosen[c]).getId(), c);
    }
  }

  int count() {
    return chosen.length;
  }

  /** The index of a song among all clustered songs, by its index on the page. */
  int song(int place) {
    return chosen[place];
  }

  /** The index of a song on the page; null if the page does not show it. */
  @Nullable Integer place(String id) {
    return places.get(id);
  }

  private static int[] sample(int n, long seed) {
    int[] order = IntStream.range(0, n).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < MOST_SONGS; i++) {
      int j = i + random.nextInt(n - i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return IntStream.of(order).limit(MOST_SONGS).sorted().toArray();
  }

  void write(ObjectNode page) {
    page.put("count", chosen.length);
    ObjectNode songs = page.putObject("songs");
    ArrayNode columns = page.putArray("columns");
    column(columns, "cluster", "cluster", "category");
    text(songs, "id", i -> data.assignments().get(i).getId());
    text(songs, "path", i -> data.songs().get(i).song().getFilepath());
    text(songs, "title", i -> data.songs().get(i).song().getTitle());
    if (text(songs, "language", i -> data.songs().get(i).song().getLanguage())) {
      column(columns, "language", "label", "category");
    }
    if (text(songs, "artist", i -> data.songs().get(i).song().getArtist())) {
      column(columns, "artist", "artist", "category");
    }
    ArrayNode clusters = songs.putArray("cluster");
    for (int i : chosen) {
      clusters.add(data.assignments().get(i).getCluster());
    }
    if (text(songs, "group", i -> ClusterNames.mark(data.assignments().get(i)))) {
      column(columns, "group", "group", "category");
    }
    numbers(songs, "x", 4, i -> data.map().points().get(i).getX());
    numbers(songs, "y", 4, i -> data.map().points().get(i).getY());
    numbers(songs, "distance", 3, i -> data.assignments().get(i).getDistance());
    column(columns, "distance", "distance to the cluster's centre", "number");
    numbers(songs, "novelty", 3, i -> data.assignments().get(i).getNovelty());
    column(columns, "novelty", "novelty", "number");
    if (numbers(songs, "silhouette", 3, i -> data.assignments().get(i).getSilhouette())) {
      column(columns, "silhouette", "silhouette", "number");
    }
    if (data.noun() == Noun.SONG) {
      sound(songs, columns);
    }
    nearest(songs.putArray("near"));
  }

  private void sound(ObjectNode songs, ArrayNode columns) {
    numbers(songs, "loudness", 1, i -> data.songs().get(i).loudnessLufs());
    column(columns, "loudness", "loudness (LUFS)", "number");
    numbers(songs, "duration", 0, i -> data.songs().get(i).info().getDurationSeconds());
    column(columns, "duration", "length (s)", "number");
    if (numbers(songs, "bpm", 1, i -> data.songs().get(i).bpm())) {
      column(columns, "bpm", "tempo (BPM)", "number");
    }
    if (text(songs, "key", i -> text(data.songs().get(i).key(), MusicalKey::toString))) {
      column(columns, "key", "key", "category");
    }
    if (text(songs, "camelot", i -> text(data.songs().get(i).key(), MusicalKey::camelot))) {
      column(columns, "camelot", "key (Camelot)", "category");
    }
    text(songs, "codec", i -> data.songs().get(i).info().getCodec());
    column(columns, "codec", "codec", "category");
    text(songs, "rate", i -> Integer.toString(data.songs().get(i).info().getSampleRate()));
    column(columns, "rate", "sample rate (Hz)", "category");
  }

  private static @Nullable String text(
      @Nullable MusicalKey key, Function<MusicalKey, String> name) {
    return key == null ? null : name.apply(key);
  }

  private static void column(ArrayNode columns, String key, String label, String kind) {
    columns.addObject().put("key", key).put("label", label).put("kind", kind);
  }

  private interface Text {
    @Nullable String of(int song);
  }

  private interface Figure {
    @Nullable Double of(int song);
  }

  /** Adds a column; returns whether any song has a value in it. */
  private boolean text(ObjectNode songs, String key, Text value) {
    ArrayNode array = songs.putArray(key);
    boolean any = false;
    for (int i : chosen) {
      String text = value.of(i);
      array.add(text);
      any |= text != null;
    }
    return any;
  }

  private boolean numbers(ObjectNode songs, String key, int digits, Figure value) {
    ArrayNode array = songs.putArray(key);
    boolean any = false;
    for (int i : chosen) {
      Double number = value.of(i);
      boolean known = number != null && Double.isFinite(number);
      array.add(known ? PageData.round(number, digits) : null);
      any |= known;
    }
    return any;
  }

  private void nearest(ArrayNode near) {
    List<SongNeighbours> known = data.neighbours();
    if (known != null) {
      Map<String, SongNeighbours> byId = new HashMap<>();
      known.forEach(song -> byId.put(song.getId(), song));
      for (int i : chosen) {
        ArrayNode list = near.addArray();
        SongNeighbours song = byId.get(data.assignments().get(i).getId());
        if (song != null) {
          song.getNeighbours().stream()
              .limit(NEAREST)
              .map(neighbour -> places.get(neighbour.getId()))
              .filter(Objects::nonNull)
              .forEach(list::add);
        }
      }
      return;
    }
    int k = Math.min(NEAREST, chosen.length - 1);
    if (k < 1) {
      IntStream.of(chosen).forEach(i -> near.addArray());
      return;
    }
    double[][][] rows =
        SongPoint.bySpace(
            IntStream.of(chosen).mapToObj(i -> SongPoint.of(data.embeddings().get(i))).toList());
    MutualProximity proximity =
        MutualProximity.of(
            Arrays.stream(rows).map(ColumnMajorMatrix::of).toArray(ColumnMajorMatrix[]::new));
    for (Neighbours neighbours : proximity.nearestOfEach(rows, k)) {
      ArrayNode list = near.addArray();
      IntStream.of(neighbours.points()).forEach(list::add);
    }
  }
}
