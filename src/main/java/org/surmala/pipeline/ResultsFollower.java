package org.surmala.pipeline;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surmala.files.CsvFile;
import org.surmala.files.CsvRow;
import org.surmala.files.Snapshots;
import org.surmala.schema.FileCounts;

/**
 * Reads where a watch is from the results that it leaves: its stages may run in any process. Each
 * state is read once, whole.
 */
final class ResultsFollower {
  private final Path results;
  private final Editions editions;
  private @Nullable Path seen;
  private Set<String> told = new HashSet<>();
  private WatchProgress progress = WatchProgress.NONE;

  /** Begins with what there is: songs that have a place already are not told of. */
  ResultsFollower(WatchConfig config) throws IOException {
    this.results = Path.of(config.pipeline().results());
    this.editions = config.editions();
    Path current = Snapshots.current(results);
    for (CsvRow row : assignments(current == null ? results : current)) {
      told.add(row.get("id"));
    }
  }

  /** Where the watch is. */
  WatchProgress progress() throws IOException {
    return progress.fitting(editions.isMaking());
  }

  /** Each song that was given a place since the last call. */
  List<PlacedSong> news() throws IOException {
    Path current = Snapshots.current(results);
    if (current == null || current.equals(seen)) {
      return List.of();
    }
    try {
      return read(current);
    } catch (NoSuchFileException | FileNotFoundException replaced) {
      // The state went while it was read: a newer one is there.
      return List.of();
    }
  }

  private List<PlacedSong> read(Path state) throws IOException {
    FileCounts files = Coverage.read(state + "/");
    Map<String, CsvRow> songs = new HashMap<>();
    List<CsvRow> fresh = new ArrayList<>();
    String model = null;
    for (CsvRow row : assignments(state)) {
      songs.put(row.get("id"), row);
      model = row.get("model");
      if (!told.contains(row.get("id"))) {
        fresh.add(row);
      }
    }
    List<PlacedSong> placed = fresh.stream().map(song -> placed(song, songs)).toList();
    progress =
        new WatchProgress(
            files.getFound(),
            Objects.requireNonNullElse(files.getWaiting(), 0L),
            files.getClustered(),
            files.getFailed(),
            model,
            false);
    told = new HashSet<>(songs.keySet());
    seen = state;
    return placed;
  }

  private static List<CsvRow> assignments(Path state) throws IOException {
    Path table = state.resolve("assignments.csv");
    return Files.exists(table) ? CsvFile.read(table.toString()) : List.of();
  }

  private static PlacedSong placed(CsvRow song, Map<String, CsvRow> songs) {
    return new PlacedSong(
        song.get("id"),
        song.get("filepath"),
        song.get("title"),
        song.get("artist").isEmpty() ? null : song.get("artist"),
        song.get("cluster_name"),
        number(song.get("distance")),
        number(song.get("novelty")),
        Stream.of(song.get("neighbours").split(" "))
            .map(songs::get)
            .filter(Objects::nonNull)
            .map(near -> new PlacedSong.Neighbour(near.get("id"), near.get("title")))
            .toList(),
        song.get("model"));
  }

  private static @Nullable Double number(String cell) {
    return cell.isEmpty() ? null : Double.valueOf(cell);
  }
}
