package org.surmala.watch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surmala.io.Snapshots;
import org.surmala.pipeline.Coverage;
import org.surmala.report.StoredAssignments;
import org.surmala.report.StoredAssignments.StoredSong;
import org.surmala.schema.FileCounts;
import org.surmala.schema.Neighbour;

/**
 * Reads the progress of a watch from its published results, since its stages may run in any
 * process. Each snapshot is read once; of results in parts, only changed parts.
 */
final class ResultsFollower {
  private final Path results;
  private final ModelVersions versions;
  private final StoredAssignments assigned;
  private @Nullable Path seen;
  private Set<String> told = new HashSet<>();
  private WatchProgress progress = WatchProgress.NONE;

  /** Starts with the published results: songs that are already assigned are not reported. */
  ResultsFollower(WatchConfig config) throws IOException {
    this.results = Path.of(config.pipeline().results());
    this.versions = config.versions();
    this.assigned = new StoredAssignments(config.pipeline().report().data());
    Path current = Snapshots.current(results);
    try {
      assigned.read((current == null ? results : current) + "/");
      told = new HashSet<>(assigned.songs().keySet());
    } catch (NoSuchFileException | FileNotFoundException none) {
      // No model has assigned a song yet.
    }
  }

  WatchProgress progress() throws IOException {
    return progress.fitting(versions.isFitting());
  }

  /** Each song that was assigned since the last call. */
  List<NewSong> news() throws IOException {
    Path current = Snapshots.current(results);
    if (current == null || current.equals(seen)) {
      return List.of();
    }
    try {
      return read(current);
    } catch (NoSuchFileException | FileNotFoundException replaced) {
      // The snapshot was removed while it was read: there is a newer one.
      return List.of();
    }
  }

  private List<NewSong> read(Path state) throws IOException {
    String folder = state + "/";
    FileCounts files = Coverage.read(folder);
    WatchState watch = WatchState.read(folder);
    List<NewSong> fresh = new ArrayList<>();
    if (watch.model() != null) {
      assigned.read(folder);
      Map<String, StoredSong> songs = assigned.songs();
      songs.forEach(
          (id, song) -> {
            if (!told.contains(id)) {
              fresh.add(newSong(song, songs));
            }
          });
      told = new HashSet<>(songs.keySet());
    }
    WatchState.Refit refit = watch.refit();
    progress =
        new WatchProgress(
            files.getFound(),
            Objects.requireNonNullElse(files.getWaiting(), 0L),
            files.getClustered(),
            files.getFailed(),
            watch.model(),
            false,
            refit == null ? null : refit.cause());
    seen = state;
    return fresh;
  }

  private static NewSong newSong(StoredSong stored, Map<String, StoredSong> songs) {
    List<NewSong.Neighbour> near = new ArrayList<>();
    for (Neighbour neighbour : stored.neighbours()) {
      StoredSong song = songs.get(neighbour.getId());
      if (song != null) {
        near.add(new NewSong.Neighbour(neighbour.getId(), song.title()));
      }
    }
    return new NewSong(
        stored.id(),
        stored.filepath(),
        stored.title(),
        stored.artist(),
        stored.cluster(),
        number(stored.distance()),
        number(stored.novelty()),
        near,
        stored.model());
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
