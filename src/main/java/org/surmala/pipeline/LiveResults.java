package org.surmala.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surmala.files.Snapshots;
import org.surmala.report.LiveTables;
import org.surmala.report.LiveTables.PlacedSong;
import org.surmala.report.ReportOptions;
import org.surmala.schema.Edition;
import org.surmala.schema.FileCounts;
import org.surmala.schema.HeardSong;
import org.surmala.schema.Neighbour;
import org.surmala.schema.Placement;
import org.surmala.schema.SongRef;

/**
 * The results of a collection at one moment: what an edition's files say, with all songs that are
 * there now in the tables.
 *
 * @param config of the watch
 * @param files that there are
 * @param songs that have a place, ascending by id
 * @param edition that places them; null when there is none yet
 * @param unplaced ids of songs without a place
 * @param isDescribed whether metadata.csv has a row for each song
 */
record LiveResults(
    WatchConfig config,
    WatchedFiles files,
    List<PlacedSong> songs,
    @Nullable Edition edition,
    Set<String> unplaced,
    boolean isDescribed) {
  static LiveResults of(
      WatchConfig config,
      WatchedFiles there,
      Map<String, Placement> placed,
      @Nullable Edition edition)
      throws IOException {
    ReportOptions report = config.pipeline().report();
    OwnersWords words =
        report.writesMetadata() ? OwnersWords.read(report.data()) : new OwnersWords(Map.of());
    WatchedFiles files = there.in(words);
    LoadedEdition loaded = edition == null ? null : LoadedEdition.of(edition, config);
    Set<String> ids = files.songs().stream().map(SongRef::getId).collect(Collectors.toSet());
    List<PlacedSong> songs = new ArrayList<>();
    Set<String> unplaced = new HashSet<>();
    for (SongRef song : files.songs()) {
      Placement placement = place(song.getId(), placed, edition, loaded);
      HeardSong heard = files.heard().get(song.getId());
      if (placement == null || heard == null || loaded == null) {
        unplaced.add(song.getId());
        continue;
      }
      List<Neighbour> neighbours = new ArrayList<>(placement.getNeighbours());
      neighbours.removeIf(neighbour -> !ids.contains(neighbour.getId()));
      songs.add(
          new PlacedSong(
              song,
              heard,
              placement,
              loaded.name(placement.getAssignment().getCluster()),
              neighbours));
    }
    return new LiveResults(
        config,
        files,
        songs,
        edition,
        unplaced,
        !report.writesMetadata() || words.areOf(files.songs()));
  }

  private static @Nullable Placement place(
      String id,
      Map<String, Placement> placed,
      @Nullable Edition edition,
      @Nullable LoadedEdition loaded) {
    if (edition == null || loaded == null) {
      return null;
    }
    if (loaded.has(id)) {
      return loaded.own(id);
    }
    Placement placement = placed.get(id);
    return placement != null && placement.getEdition() == edition.getNumber() ? placement : null;
  }

  int clustered() {
    return songs.size();
  }

  /** Paths that are not heard yet, and songs without a place. */
  int waiting() {
    return files.waiting() + unplaced.size();
  }

  /**
   * found = clustered + failed + skipped + duplicate + waiting.
   *
   * @throws IllegalStateException when that does not hold
   */
  FileCounts coverage() {
    FileCounts counts =
        FileCounts.newBuilder()
            .setFound(files.found())
            .setClustered(clustered())
            .setFailed(files.failures().size())
            .setSkipped(files.skipped().size())
            .setDuplicate(files.duplicates().size())
            .setWaiting((long) waiting())
            .build();
    if (Coverage.of(counts).unaccounted() != waiting()) {
      throw new IllegalStateException("files are unaccounted for: " + counts);
    }
    return counts;
  }

  /** Publishes. */
  void publish() throws IOException {
    FileCounts coverage = coverage();
    new Snapshots(Path.of(config.pipeline().results()))
        .publish(
            edition == null ? null : Path.of(edition.getFolder()),
            folder -> {
              LiveTables.writeAssignments(folder, songs);
              LiveTables.writeFailures(folder, files.failures());
              Coverage.write(folder, coverage);
            });
    if (!isDescribed) {
      LiveTables.writeMetadata(config.pipeline().report().data(), files.songs(), files.heard());
    }
  }
}
