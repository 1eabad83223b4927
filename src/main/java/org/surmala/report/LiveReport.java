package org.surmala.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surmala.io.AvroFile;
import org.surmala.io.Snapshots;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Failure;
import org.surmala.schema.FileCounts;
import org.surmala.schema.PublishedSong;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongNeighbours;
import org.surmala.schema.SongRef;

/**
 * Updates songs and assignments in a folder with the results of a watch's last fit. Scores, plots
 * and the report stay those of the fit.
 */
public final class LiveReport {
  /** Files that exist only if results are in one table. */
  public static final Set<String> OF_ONE_TABLE =
      Set.of(
          AssignmentTable.FILE,
          "." + AssignmentTable.FILE + ".sha256",
          StoredRecords.FOLDER + "songs.avro",
          StoredRecords.FOLDER + "audio.avro",
          StoredRecords.FOLDER + "assignments.avro",
          StoredRecords.FOLDER + "map.avro",
          StoredRecords.FOLDER + "neighbours.avro");

  private static final List<String> LEFT_OUT =
      List.of(
          ResultTables.FAILURES_FILE,
          "." + ResultTables.FAILURES_FILE + ".sha256",
          StoredRecords.FOLDER + "failures.avro",
          ResultTables.SKIPPED_FILE,
          "." + ResultTables.SKIPPED_FILE + ".sha256");

  private final ReportOptions options;
  private final String fit;
  private final ClusterNames names;
  private @Nullable StoredRecords fitted;

  private LiveReport(ReportOptions options, String fit, ClusterNames names) {
    this.options = options;
    this.fit = fit;
    this.names = names;
  }

  /** The live report of one model version, from the results folder of its fit. */
  public static LiveReport of(ReportOptions options, String fit) throws IOException {
    return new LiveReport(options, fit, ClusterNames.of(options, StoredRecords.findings(fit)));
  }

  /** Writes the tables of a collection that has no model yet. */
  public static void writeWithoutModel(String folder, LeftOutFiles leftOut) throws IOException {
    AssignmentTable.write(folder, AssignmentTable.FILE, List.of(), true);
    writeLeftOut(folder, leftOut);
  }

  private static void writeLeftOut(String folder, LeftOutFiles leftOut) throws IOException {
    ResultTables.writeFailures(folder, ResultTables.FAILURES_FILE, leftOut.failures());
    AvroFile.write(
        folder + StoredRecords.FOLDER, "failures.avro", Failure.class, leftOut.failures());
    ResultTables.writeSkipped(folder, ResultTables.SKIPPED_FILE, leftOut.skipped());
  }

  /** Writes all tables, records, embeddings, playlists and the page; songs are ascending by id. */
  public void writeWhole(
      String folder, List<PublishedSong> songs, LeftOutFiles leftOut, FileCounts counts)
      throws IOException {
    StoredRecords known = fitted;
    if (known == null) {
      known = StoredRecords.read(fit, options.data());
      fitted = known;
    }
    RunRecords of = known.records();
    RunRecords records =
        new RunRecords(
            songs.stream().map(PublishedSong::getSong).toList(),
            songs.stream().map(PublishedSong::getAudio).toList(),
            leftOut.failures(),
            StoredRecords.withPrimary(of.embeddings(), songs, options.representation()),
            of.checkpoints(),
            of.clusterings(),
            of.metrics(),
            songs.stream().map(song -> song.getAssigned().getAssignment()).toList(),
            of.findings());
    ResultsFolder.songs(
        new StoredRecords(
            known.options().in(folder, false, options.results()),
            records,
            new SongMap(
                known.map().method(),
                known.map().trustworthiness(),
                songs.stream().map(song -> song.getAssigned().getPoint()).toList()),
            songs.stream()
                .map(
                    song ->
                        new SongNeighbours(
                            song.getSong().getId(), song.getAssigned().getNeighbours()))
                .toList(),
            null),
        ShownManifest.of(fit, counts));
  }

  /** The clusters of all songs with the edits by hand. */
  public EditedClusters edited(List<PublishedSong> songs) throws IOException {
    return EditedClusters.of(
        songs.stream().map(song -> song.getAssigned().getAssignment()).toList(),
        names,
        ClusterEdits.read(options.data()),
        () ->
            songs.stream()
                .collect(
                    Collectors.toMap(
                        song -> song.getSong().getId(),
                        song -> SongMap.row(song.getAssigned().getEmbedding()))));
  }

  /** Returns the songs of a part, in any order. */
  @FunctionalInterface
  public interface PartSongs {
    Collection<PublishedSong> of(int part) throws IOException;
  }

  /**
   * Writes the changed parts; the others are linked from the snapshot before.
   *
   * @param before the last snapshot, with the same number of parts; null if every part has changed
   * @param count number of parts
   * @param changed numbers of the changed parts
   * @param edited the clusters of all songs; null without edits
   */
  public void writeParts(
      String folder,
      @Nullable Path before,
      int count,
      Set<Integer> changed,
      PartSongs songs,
      @Nullable EditedClusters edited,
      String model)
      throws IOException {
    Map<String, ClusterAssignment> displayed =
        edited == null
            ? Map.of()
            : edited.assignments().stream()
                .collect(Collectors.toMap(ClusterAssignment::getId, Function.identity()));
    ClusterNames shown = edited == null ? names : edited.names();
    SongParts.Manifest last = before == null ? null : SongParts.manifest(before + "/");
    List<SongParts.Part> parts = new ArrayList<>();
    Files.createDirectories(Path.of(folder, SongParts.FOLDER));
    int rows = 0;
    for (int part = 0; part < count; part++) {
      if (before == null || last == null || changed.contains(part)) {
        parts.add(
            SongParts.write(
                folder,
                part,
                List.copyOf(songs.of(part)),
                fitted -> displayed.getOrDefault(fitted.getId(), fitted),
                shown,
                true));
      } else {
        parts.add(last.parts().get(part));
        for (String extension : List.of(".csv", ".avro")) {
          String file = SongParts.FOLDER + SongParts.name(part) + extension;
          Snapshots.link(before.resolve(file), Path.of(folder, file));
        }
      }
      rows += parts.get(part).rows();
    }
    SongParts.write(folder, new SongParts.Manifest(model, rows, parts));
  }

  /**
   * Writes the failures and the skipped files beside parts.
   *
   * @param before a snapshot with the same failures and skipped files; null for none
   */
  public static void writeLeftOut(String folder, @Nullable Path before, LeftOutFiles leftOut)
      throws IOException {
    if (before == null) {
      writeLeftOut(folder, leftOut);
      return;
    }
    for (String file : LEFT_OUT) {
      Files.deleteIfExists(Path.of(folder, file));
      Snapshots.link(before.resolve(file), Path.of(folder, file));
    }
  }

  /** Writes metadata.csv as a run does, with one row per decoded song. */
  public static void writeMetadata(
      String data, List<SongRef> songs, Map<String, SongAudioInfo> audio) throws IOException {
    SongParts.removeMetadata(data);
    ResultTables.writeMetadata(
        data,
        ResultTables.METADATA_FILE,
        songs,
        ReportedSongs.join(songs, List.copyOf(audio.values())));
  }
}
