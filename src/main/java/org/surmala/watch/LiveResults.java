package org.surmala.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.surmala.io.Snapshots;
import org.surmala.pipeline.Coverage;
import org.surmala.report.ClusterEdits;
import org.surmala.report.LeftOutFiles;
import org.surmala.report.LiveReport;
import org.surmala.report.Redraw;
import org.surmala.report.ReportOptions;
import org.surmala.report.SongParts;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.FileCounts;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.PublishedSong;
import org.surmala.schema.RefitRequest;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

/**
 * Writes the results of a {@link LiveTable}. Up to {@link SongParts#MOST_IN_ONE_TABLE} songs every
 * file is written again; above it, only the parts that have changed.
 */
final class LiveResults {
  private final WatchConfig config;
  private final Path results;
  private final int mostInOneTable;
  private final int mostInPart;
  private @Nullable LiveReport report;
  private @Nullable ModelVersion reported;

  /** The last snapshot, whose unchanged parts can be reused; null if there is none. */
  private @Nullable Path last;

  private long described = -1;
  private long edited = -1;

  /** Time of the edits that the files of the fit show; 0 for none. */
  private long drawn;

  LiveResults(WatchConfig config) {
    this(config, SongParts.MOST_IN_ONE_TABLE, SongParts.MOST_IN_PART);
  }

  /** Results are in parts above a number of songs. */
  LiveResults(WatchConfig config, int mostInOneTable, int mostInPart) {
    this.config = config;
    this.results = Path.of(config.pipeline().results());
    this.mostInOneTable = mostInOneTable;
    this.mostInPart = mostInPart;
  }

  /** Whether metadata.csv or the clusters have been edited since they were read. */
  boolean isEdited() throws IOException {
    return (edited >= 0 && ClusterEdits.stamp(data()) != edited)
        || (described >= 0
            && config.pipeline().report().writesMetadata()
            && UserMetadata.stamp(data()) != described);
  }

  private String data() {
    return config.pipeline().report().data();
  }

  /** Publishes a snapshot, with the refit that is due. */
  void publish(LiveTable table, @Nullable RefitRequest request) throws IOException {
    ReportOptions options = config.pipeline().report();
    if (options.writesMetadata() && UserMetadata.stamp(data()) != described) {
      describe(table);
    }
    // An edit between this check and the read is noticed at the next poll.
    edited = ClusterEdits.stamp(data());
    FileCounts counts = table.counts();
    ModelVersion version = table.version();
    boolean isFirst = table.hasAllChanged();
    boolean isWhole = version == null || counts.getClustered() <= mostInOneTable;
    drawn = isFirst ? 0 : drawn;
    boolean isRedrawn = version != null && !isWhole && edited != drawn;
    if (version != null && isRedrawn) {
      // Every snapshot links the page and the playlists of the fit.
      Redraw.songs(version.getFolder(), data(), config.pipeline().results());
      drawn = edited;
    }
    Path state =
        new Snapshots(results)
            .publish(
                version == null ? null : Path.of(version.getFolder()),
                isWhole ? Set.of() : LiveReport.OF_ONE_TABLE,
                folder -> {
                  if (version == null) {
                    LiveReport.writeWithoutModel(folder, leftOut(table));
                  } else if (isWhole) {
                    report(version)
                        .writeWhole(folder, whole(table, version), leftOut(table), counts);
                  } else {
                    writeParts(folder, table, version, isFirst || isRedrawn);
                  }
                  Coverage.write(folder, counts);
                  WatchState.of(version, table.since(), request).write(folder);
                });
    if (isWhole) {
      // Those of a run that wrote here before.
      SongParts.remove(results);
    }
    last = isWhole ? null : state;
    table.published();
    if (options.writesMetadata() && (isWhole || isFirst) && !table.isDescribed()) {
      writeMetadata(table);
      describe(table);
    }
  }

  private void describe(LiveTable table) throws IOException {
    // An edit between these two lines is noticed at the next poll.
    described = UserMetadata.stamp(data());
    table.describe(UserMetadata.read(data()));
  }

  private LiveReport report(ModelVersion version) throws IOException {
    LiveReport known = report;
    if (known == null || !version.equals(reported)) {
      known = LiveReport.of(config.pipeline().report(), version.getFolder());
      report = known;
      reported = version;
    }
    return known;
  }

  private FittedAssignments inMemory(LiveTable table, ModelVersion version) throws IOException {
    FittedAssignments fitted = Objects.requireNonNull(table.fitted());
    if (fitted.isReleased()) {
      fitted =
          FittedAssignments.read(version, config.pipeline().primary(), config.rules().neighbours());
      table.refresh(fitted);
    }
    return fitted;
  }

  private List<PublishedSong> whole(LiveTable table, ModelVersion version) throws IOException {
    inMemory(table, version);
    return new TreeSet<>(table.assignedIds()).stream().map(table::of).toList();
  }

  /**
   * Writes the parts.
   *
   * @param isAnew whether every song may have changed; so it is while there are edits, since the
   *     cluster of an edit depends on all songs
   */
  private void writeParts(String folder, LiveTable table, ModelVersion version, boolean isAnew)
      throws IOException {
    int count = SongParts.count(table.clustered(), mostInPart);
    boolean hasEdits = !ClusterEdits.read(data()).isEmpty();
    Path before = isAnew || hasEdits ? null : reusable(count);
    String model = version.getCheckpoint().getVersion();
    if (before != null) {
      Map<Integer, Set<String>> changed = byPart(table.changed(), count);
      report(version)
          .writeParts(
              folder,
              before,
              count,
              changed.keySet(),
              part -> changed(table, before, part, changed.getOrDefault(part, Set.of())),
              null,
              model);
    } else {
      FittedAssignments fitted = inMemory(table, version);
      Map<Integer, Set<String>> all = byPart(table.assignedIds(), count);
      report(version)
          .writeParts(
              folder,
              null,
              count,
              Set.of(),
              part -> all.getOrDefault(part, Set.of()).stream().map(table::of).toList(),
              hasEdits ? report(version).edited(whole(table, version)) : null,
              model);
      if (fitted.ids().size() > mostInOneTable) {
        fitted.release(table::has);
      }
    }
    LiveReport.writeLeftOut(folder, table.haveLeftOutChanged() ? null : before, leftOut(table));
  }

  private static LeftOutFiles leftOut(LiveTable table) {
    return new LeftOutFiles(table.files().failures(), table.files().skippedFiles());
  }

  /** The last snapshot, if it still exists and has the same number of parts. */
  private @Nullable Path reusable(int count) throws IOException {
    Path known = last;
    if (known == null || !known.equals(Snapshots.current(results))) {
      return null;
    }
    SongParts.Manifest parts = SongParts.manifest(known + "/");
    return parts != null && parts.parts().size() == count ? known : null;
  }

  private static Map<Integer, Set<String>> byPart(Collection<String> ids, int count) {
    Map<Integer, Set<String>> parts = new HashMap<>();
    for (String id : ids) {
      parts.computeIfAbsent(SongParts.of(id, count), part -> new HashSet<>()).add(id);
    }
    return parts;
  }

  private static Collection<PublishedSong> changed(
      LiveTable table, Path before, int part, Set<String> changed) throws IOException {
    SongParts.Manifest parts = Objects.requireNonNull(SongParts.manifest(before + "/"));
    FittedAssignments fitted = Objects.requireNonNull(table.fitted());
    Map<String, PublishedSong> songs = new TreeMap<>();
    for (PublishedSong song : SongParts.read(before + "/", parts.parts().get(part))) {
      songs.put(song.getSong().getId(), song);
    }
    for (String id : changed) {
      PublishedSong old = songs.remove(id);
      if (old != null && fitted.isReleased() && fitted.has(id)) {
        AssignedSong own = old.getAssigned();
        if (table.has(id)) {
          songs.put(id, table.of(id, own));
        } else {
          fitted.keep(own);
        }
      } else if (table.has(id)) {
        songs.put(id, table.of(id));
      }
    }
    return songs.values();
  }

  private void writeMetadata(LiveTable table) throws IOException {
    List<SongRef> songs = new ArrayList<>();
    Map<String, SongAudioInfo> audio = new HashMap<>();
    for (String id : new TreeSet<>(table.ids())) {
      songs.add(table.song(id));
      SongAudioInfo known = table.audio(id);
      if (known != null) {
        audio.put(id, known);
      }
    }
    LiveReport.writeMetadata(data(), songs, audio);
  }
}
