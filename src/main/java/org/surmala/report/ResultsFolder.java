package org.surmala.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.checkpoint.CheckpointFile;
import org.surmala.files.WholeFile;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.words.Noun;

/** Writes the files of a run from its records. The same records are the same bytes. */
final class ResultsFolder {
  private final ReportOptions options;
  private final RunRecords records;
  private final Map<String, ReportedSong> reported;

  private ResultsFolder(ReportOptions options, RunRecords records) {
    this.options = options;
    this.records = records;
    reported = ReportedSongs.join(records.songs(), records.heard());
  }

  /**
   * Writes every file of a run that has not ended.
   *
   * @return how many songs have a cluster
   * @throws IllegalStateException when the records contradict one another: an assigned song that
   *     was not found, heard or embedded, or one that is assigned twice
   */
  static int write(ReportOptions options, RunRecords records) throws IOException {
    return write(options, records, null, null, true);
  }

  /**
   * Writes the files of a run.
   *
   * @param known the map, when it was drawn before
   * @param manifest run.json, when the run has ended
   * @param everything or only the page and the report
   */
  static int write(
      ReportOptions options,
      RunRecords records,
      @Nullable SongMap known,
      @Nullable String manifest,
      boolean everything)
      throws IOException {
    return new ResultsFolder(options, records).write(known, manifest, everything);
  }

  private int write(@Nullable SongMap known, @Nullable String manifest, boolean everything)
      throws IOException {
    ModelCheckpoint checkpoint =
        records.checkpoints().stream()
            .filter(candidate -> candidate.getName().equals(options.representation()))
            .findFirst()
            .orElse(null);
    ReportData data = data(known, manifest, checkpoint);
    if (known == null) {
      // What its owner has changed in it since is not ours to undo.
      if (options.writesMetadata()) {
        ResultTables.writeMetadata(options.data(), records.songs(), reported);
      }
      if (checkpoint != null) {
        copyModel(checkpoint);
      }
    }
    if (everything) {
      ResultTables.writeFailures(options.results(), records.failures());
      ResultTables.writeMetrics(options, records.metrics(), records.checkpoints());
      ResultTables.writeAssignments(options.results(), data);
      FindingTables.write(options.results(), records.findings(), records.songs());
      new StoredRecords(options, records, data.map()).write();
      ProjectorFiles.write(options, data);
      if (data.noun() == Noun.SONG) {
        Playlists.write(options, data);
      }
      PlotFolder.draw(options, data);
    }
    List<String> notes = PlotFolder.notes(options);
    IndexPage.write(options, data, notes);
    MarkdownReport.write(options, data, notes);
    return data.assignments().size();
  }

  private ReportData data(
      @Nullable SongMap known, @Nullable String manifest, @Nullable ModelCheckpoint checkpoint)
      throws IOException {
    Map<String, Embedding> latent = new HashMap<>();
    List<Embedding> features = new ArrayList<>();
    for (Embedding embedding : records.embeddings()) {
      if (embedding.getRepresentation().equals(Figures.FEATURES)) {
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
      if (!assignment.getRepresentation().equals(options.representation())
          || !assignment.getClusterer().equals(options.clusterer())) {
        continue;
      }
      String id = assignment.getId();
      if (id.equals(last)) {
        throw new IllegalStateException("song " + id + " is assigned twice");
      }
      last = id;
      assignments.add(assignment);
      songs.add(known(reported.get(id), id, "was neither found nor heard"));
      embeddings.add(known(latent.get(id), id, "has no embedding"));
    }
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
        ClusterNames.of(options, records.findings()),
        known == null ? SongMap.of(embeddings, options.seed()) : known,
        manifest,
        checkpoint == null
            ? null
            : CheckpointFile.read(
                known == null ? checkpoint : StoredModel.in(options.results(), checkpoint)));
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
