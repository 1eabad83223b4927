package org.surmala.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.io.CheckpointFile;
import org.surmala.io.WholeFile;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.words.Noun;

/** Writes the files of a run from its records. Equal records give equal bytes. */
final class ResultsFolder {
  private final ReportOptions options;
  private final RunRecords records;
  private final Map<String, ReportedSong> reported;

  private ResultsFolder(ReportOptions options, RunRecords records) {
    this.options = options;
    this.records = records;
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
    return new ResultsFolder(options, records).write();
  }

  /**
   * Writes every file again, except metadata.csv and the model.
   *
   * @param manifest run.json; null if the run has not ended
   * @return number of clustered songs
   */
  static int redraw(StoredRecords stored, @Nullable String manifest) throws IOException {
    ResultsFolder folder = new ResultsFolder(stored.options(), stored.records());
    ReportData data = folder.data(stored, manifest, folder.checkpoint());
    folder.writeFigures();
    folder.writeSongs(data);
    PlotFolder.draw(folder.options, data);
    folder.writePage(data);
    MarkdownReport.write(folder.options, data, PlotFolder.notes(folder.options));
    return data.assignments().size();
  }

  /** Writes only the page and the report. */
  static void page(StoredRecords stored, @Nullable String manifest) throws IOException {
    ResultsFolder folder = new ResultsFolder(stored.options(), stored.records());
    ReportData data = folder.data(stored, manifest, folder.checkpoint());
    folder.writePage(data);
    MarkdownReport.write(folder.options, data, PlotFolder.notes(folder.options));
  }

  /** Writes the files about single songs; plots and scores stay unchanged. */
  static void songs(StoredRecords stored, @Nullable String manifest) throws IOException {
    ResultsFolder folder = new ResultsFolder(stored.options(), stored.records());
    ReportData data = folder.data(stored, manifest, folder.checkpoint());
    folder.writeSongs(data);
    folder.writePage(data);
  }

  private int write() throws IOException {
    ModelCheckpoint checkpoint = checkpoint();
    ReportData data = data(null, null, checkpoint);
    // Redrawing must not undo the user's changes of metadata.csv.
    if (options.writesMetadata()) {
      ResultTables.writeMetadata(options.data(), records.songs(), reported);
    }
    if (checkpoint != null) {
      copyModel(checkpoint);
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
    ResultTables.writeFailures(options.results(), records.failures());
    ReportData shown = data.shown();
    AssignmentTable.write(options.results(), AssignmentTable.FILE, shown, shown.neighbours());
    new StoredRecords(options, records, data.map(), data.neighbours()).write();
    ProjectorFiles.write(options, shown);
    if (data.noun() == Noun.SONG) {
      Playlists.write(options, shown);
    }
  }

  private void writePage(ReportData data) throws IOException {
    IndexPage.write(options, data, PlotFolder.notes(options));
  }

  private ReportData data(
      @Nullable StoredRecords stored,
      @Nullable String manifest,
      @Nullable ModelCheckpoint checkpoint)
      throws IOException {
    Map<String, Embedding> latent = new HashMap<>();
    List<Embedding> features = new ArrayList<>();
    for (Embedding embedding : records.embeddings()) {
      if (embedding.getRepresentation().equals(ModelFigures.FEATURES)) {
        features.add(embedding);
      }
      if (embedding.getRepresentation().equals(options.representation())) {
        latent.put(embedding.getId(), embedding);
      }
    }
    List<ClusterAssignment> assignments = new ArrayList<>();
    List<ReportedSong> songs = new ArrayList<>();
    List<Embedding> embeddings = new ArrayList<>();
    String last = "";
    for (ClusterAssignment assignment : records.assignments()) {
      if (!options.isPrimary(assignment)) {
        continue;
      }
      String id = assignment.getId();
      if (id.equals(last)) {
        throw new IllegalStateException("song " + id + " is assigned twice");
      }
      last = id;
      assignments.add(assignment);
      songs.add(known(reported.get(id), id, "was neither found nor decoded"));
      embeddings.add(known(latent.get(id), id, "has no embedding"));
    }
    EditedClusters edited =
        EditedClusters.of(
            assignments,
            ClusterNames.of(options, records.findings()),
            ClusterEdits.read(options.data()),
            () -> {
              Map<String, double[]> vectors = new HashMap<>();
              embeddings.forEach(song -> vectors.put(song.getId(), SongMap.row(song)));
              return vectors;
            });
    return new ReportData(
        options.noun(),
        records.songs().size(),
        records.failures(),
        songs,
        assignments,
        records.metrics(),
        records.clusterings(),
        embeddings,
        features,
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

  private static <T> T known(@Nullable T value, String id, String otherwise) {
    if (value == null) {
      throw new IllegalStateException("song " + id + " is assigned but " + otherwise);
    }
    return value;
  }

  private void copyModel(ModelCheckpoint checkpoint) throws IOException {
    WholeFile.write(
        options.results(),
        StoredModel.FILE,
        out -> {
          try (InputStream in = WholeFile.open(checkpoint.getPath())) {
            in.transferTo(out);
          }
        });
  }
}
