package org.surmala.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;
import org.surmala.io.CheckpointFile;
import org.surmala.io.PathText;
import org.surmala.io.WholeFile;
import org.surmala.schema.Embedding;
import org.surmala.schema.MapLandmarks;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.words.Noun;

/** Writes the files of a run from its records. Equal records give equal bytes. */
final class ResultsFolder {
  /** Files that exist only if results are in one table. */
  private static final List<String> OF_ONE_TABLE =
      List.of(
          AssignmentTable.FILE,
          "." + AssignmentTable.FILE + ".sha256",
          ResultTables.FAILURES_FILE,
          "." + ResultTables.FAILURES_FILE + ".sha256",
          ResultTables.SKIPPED_FILE,
          "." + ResultTables.SKIPPED_FILE + ".sha256",
          "embeddings.avro",
          "embeddings.npy",
          "embeddings.tsv",
          "embeddings_metadata.tsv");

  private final ReportOptions options;
  private final RunRecords records;
  private final @Nullable Tally tally;
  private final Map<String, ReportedSong> reported;

  private ResultsFolder(ReportOptions options, RunRecords records, @Nullable Tally tally) {
    this.options = options;
    this.records = records;
    this.tally = tally;
    reported = ReportedSongs.join(records.songs(), records.audio());
  }

  /**
   * Writes the files of a run before its end: all except the page and the report, which show its
   * manifest.
   *
   * @return number of clustered songs
   * @throws IllegalStateException if the records contradict one another: an assigned song that was
   *     not found, decoded or embedded, or that is assigned twice
   */
  static int write(ReportOptions options, RunRecords records) throws IOException {
    return new ResultsFolder(options, records, null).write();
  }

  /**
   * The same for results in parts, except the parts.
   *
   * @param sample records of a sample of the songs
   * @param tally numbers of all songs
   * @param nearest the songs of each playlist
   * @return the songs that the map lays out
   */
  static MapLandmarks write(
      ReportOptions options, RunRecords sample, Tally tally, RunRecords nearest)
      throws IOException {
    ResultsFolder folder = new ResultsFolder(options, sample, tally);
    ReportData data = folder.data(null, null, folder.writeModel());
    folder.writeFigures();
    folder.writeRecords(data);
    folder.writePlaylists(data, nearest);
    PlotFolder.draw(options, data);
    ResourceId results = PathText.directory(options.results());
    FileSystems.delete(
        OF_ONE_TABLE.stream()
            .map(name -> results.resolve(name, StandardResolveOptions.RESOLVE_FILE))
            .toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
    return data.map().landmarks(data.embeddings(), options.seed());
  }

  private void writePlaylists(ReportData data, RunRecords nearest) throws IOException {
    if (data.noun() == Noun.SONG) {
      ClusteredSongs songs =
          ClusteredSongs.of(options, nearest, ReportedSongs.join(nearest.songs(), nearest.audio()));
      Playlists.write(options, songs.songs(), songs.assignments(), data.names(), data.edited());
    }
  }

  /**
   * Writes every file again, except metadata.csv and the model, and except parts and playlists if
   * the records are of a sample.
   *
   * @param manifest run.json; null if the run has not ended
   * @return number of clustered songs
   */
  static int redraw(StoredRecords stored, @Nullable String manifest) throws IOException {
    ResultsFolder folder = of(stored);
    ReportData data = folder.data(stored, manifest, folder.checkpoint());
    folder.writeFigures();
    folder.writeSongs(data);
    PlotFolder.draw(folder.options, data);
    folder.writePage(data);
    MarkdownReport.write(folder.options, data, PlotFolder.notes(folder.options));
    return data.assignments().size();
  }

  private static ResultsFolder of(StoredRecords stored) {
    return new ResultsFolder(stored.options(), stored.records(), stored.tally());
  }

  /** Writes only the page and the report. */
  static void page(StoredRecords stored, @Nullable String manifest) throws IOException {
    ResultsFolder folder = of(stored);
    ReportData data = folder.data(stored, manifest, folder.checkpoint());
    folder.writePage(data);
    MarkdownReport.write(folder.options, data, PlotFolder.notes(folder.options));
  }

  /** Writes the files about single songs; plots and scores stay unchanged. */
  static void songs(StoredRecords stored, @Nullable String manifest) throws IOException {
    ResultsFolder folder = of(stored);
    ReportData data = folder.data(stored, manifest, folder.checkpoint());
    folder.writeSongs(data);
    folder.writePage(data);
  }

  private int write() throws IOException {
    ReportData data = data(null, null, writeModel());
    // Redrawing must not undo the user's changes of metadata.csv.
    if (options.writesMetadata()) {
      ResultTables.writeMetadata(
          options.data(), ResultTables.METADATA_FILE, records.songs(), reported);
    }
    writeFigures();
    writeSongs(data);
    PlotFolder.draw(options, data);
    return data.assignments().size();
  }

  private @Nullable ModelCheckpoint checkpoint() {
    return records.checkpoints().stream()
        .filter(candidate -> candidate.getName().equals(options.representation()))
        .findFirst()
        .orElse(null);
  }

  private void writeFigures() throws IOException {
    ResultTables.writeMetrics(options, records.metrics(), records.checkpoints());
    FindingTables.write(options.results(), records.findings(), records.songs());
  }

  private void writeSongs(ReportData data) throws IOException {
    writeRecords(data);
    if (tally != null) {
      return;
    }
    ResultTables.writeFailures(options.results(), ResultTables.FAILURES_FILE, records.failures());
    ReportData shown = data.shown();
    AssignmentTable.write(options.results(), AssignmentTable.FILE, shown, shown.neighbours());
    ProjectorFiles.write(options, shown);
    if (data.noun() == Noun.SONG) {
      Playlists.write(options, shown.songs(), shown.assignments(), shown.names(), shown.edited());
    }
  }

  private void writeRecords(ReportData data) throws IOException {
    new StoredRecords(options, records, data.map(), data.neighbours(), tally).write();
  }

  private void writePage(ReportData data) throws IOException {
    IndexPage.write(options, data, PlotFolder.notes(options));
  }

  private ReportData data(
      @Nullable StoredRecords stored,
      @Nullable String manifest,
      @Nullable ModelCheckpoint checkpoint)
      throws IOException {
    ClusteredSongs clustered = ClusteredSongs.of(options, records, reported);
    List<Embedding> embeddings = clustered.embeddings();
    EditedClusters edited =
        EditedClusters.of(
            clustered.assignments(),
            ClusterNames.of(options, records.findings()),
            ClusterEdits.read(options.data()),
            () -> {
              Map<String, double[]> vectors = new HashMap<>();
              embeddings.forEach(song -> vectors.put(song.getId(), SongMap.row(song)));
              return vectors;
            });
    return new ReportData(
        options.noun(),
        tally == null
            ? Tally.of(
                records.songs().size(),
                clustered.songs(),
                clustered.assignments(),
                records.failures())
            : tally,
        records.failures(),
        clustered.songs(),
        clustered.assignments(),
        records.metrics(),
        records.clusterings(),
        embeddings,
        records.embeddings().stream()
            .filter(embedding -> embedding.getRepresentation().equals(ModelFigures.FEATURES))
            .toList(),
        records.findings(),
        edited.fittedNames(),
        edited,
        stored == null ? SongMap.of(embeddings, options.seed()) : stored.map(),
        stored == null ? null : stored.neighbours(),
        manifest,
        checkpoint == null
            ? null
            : CheckpointFile.read(
                stored == null ? checkpoint : StoredModel.in(options.results(), checkpoint)));
  }

  private @Nullable ModelCheckpoint writeModel() throws IOException {
    ModelCheckpoint checkpoint = checkpoint();
    if (checkpoint != null) {
      WholeFile.write(
          options.results(),
          StoredModel.FILE,
          out -> {
            try (InputStream in = WholeFile.open(checkpoint.getPath())) {
              in.transferTo(out);
            }
          });
    }
    return checkpoint;
  }
}
