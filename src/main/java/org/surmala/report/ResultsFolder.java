package org.surmala.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.beam.sdk.io.FileSystems;
import org.jspecify.annotations.Nullable;
import org.surmala.checkpoint.CheckpointFile;
import org.surmala.files.WholeFile;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;
import org.surmala.schema.HeardSong;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SongRef;

/** Writes the files of a run from its records. The same records are the same bytes. */
final class ResultsFolder {
  private static final byte[] SYNC = new byte[16];

  private final ReportOptions options;
  private final RunRecords records;
  private final Map<String, ReportedSong> reported = new HashMap<>();

  private ResultsFolder(ReportOptions options, RunRecords records) {
    this.options = options;
    this.records = records;
    Map<String, HeardSong> heard = new HashMap<>();
    records.heard().forEach(song -> heard.put(song.getId(), song));
    for (SongRef song : records.songs()) {
      HeardSong ears = heard.get(song.getId());
      if (ears != null) {
        reported.put(song.getId(), ReportedSong.of(song, ears));
      }
    }
  }

  /**
   * Writes every file.
   *
   * @return how many songs have a cluster
   * @throws IllegalStateException when the records contradict one another: an assigned song that
   *     was not found, heard or embedded, or one that is assigned twice
   */
  static int write(ReportOptions options, RunRecords records) throws IOException {
    return new ResultsFolder(options, records).write();
  }

  private int write() throws IOException {
    ResultTables.writeMetadata(options.data(), records.songs(), reported);
    ResultTables.writeFailures(options.results(), records.failures());
    ResultTables.writeMetrics(options.results(), records.metrics());
    writeEmbeddings();
    ModelCheckpoint checkpoint =
        records.checkpoints().stream()
            .filter(candidate -> candidate.getName().equals(options.representation()))
            .findFirst()
            .orElse(null);
    if (checkpoint != null) {
      copyModel(checkpoint);
    }
    ReportData data = data(checkpoint);
    ResultTables.writeAssignments(options.results(), data);
    List<String> notes = PlotFolder.draw(options, data);
    IndexPage.write(options, data, notes);
    return data.assignments().size();
  }

  private ReportData data(@Nullable ModelCheckpoint checkpoint) throws IOException {
    Map<String, Embedding> latent = new HashMap<>();
    for (Embedding embedding : records.embeddings()) {
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
        records.songs().size(),
        records.failures(),
        songs,
        assignments,
        records.metrics(),
        records.clusterings(),
        embeddings,
        SongMap.of(embeddings, options.seed()),
        null,
        checkpoint == null ? null : CheckpointFile.read(checkpoint));
  }

  private static <T> T known(@Nullable T value, String id, String otherwise) {
    if (value == null) {
      throw new IllegalStateException("song " + id + " is assigned but " + otherwise);
    }
    return value;
  }

  private void writeEmbeddings() throws IOException {
    WholeFile.write(
        options.results(),
        "embeddings.avro",
        out -> {
          try (DataFileWriter<Embedding> writer =
              new DataFileWriter<>(new SpecificDatumWriter<>(Embedding.class))) {
            writer.setCodec(CodecFactory.deflateCodec(1));
            // A fixed marker, so that the same embeddings are the same bytes.
            writer.create(Embedding.getClassSchema(), out, SYNC);
            for (Embedding embedding : records.embeddings()) {
              writer.append(embedding);
            }
          }
        });
  }

  private void copyModel(ModelCheckpoint checkpoint) throws IOException {
    WholeFile.write(
        options.results(),
        "model.avro",
        out -> {
          try (InputStream in =
              Channels.newInputStream(
                  FileSystems.open(FileSystems.matchNewResource(checkpoint.getPath(), false)))) {
            in.transferTo(out);
          }
        });
  }
}
