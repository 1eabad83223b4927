package org.surmala.search;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.io.AvroFile;
import org.surmala.report.ClusterNames;
import org.surmala.report.ReportedSong;
import org.surmala.report.ReportedSongs;
import org.surmala.report.SongParts;
import org.surmala.report.StoredClusters;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;
import org.surmala.schema.PublishedSong;
import org.surmala.schema.SongRef;

/**
 * The songs that a run has clustered, with their embeddings under the primary model: the records
 * beside the results, read back.
 *
 * @param songs ascending by id
 * @param places one for each song
 * @param modelVersion of the model of the embeddings
 */
public record MappedSongs(List<KnownSong> songs, EmbeddingIndex places, String modelVersion) {
  /**
   * Reads a folder of results.
   *
   * @param results ending in a slash
   * @throws UsageException when there are no results of a run in it
   * @throws IOException when a file cannot be read, or the two contradict each other
   */
  public static MappedSongs read(String results) throws IOException {
    List<KnownSong> songs = new ArrayList<>();
    String version = "";
    try {
      Map<String, ReportedSong> reported = ReportedSongs.read(results);
      StoredClusters clusters = StoredClusters.read(results);
      for (ClusterAssignment assignment : clusters.assignments()) {
        int cluster = assignment.getCluster();
        ReportedSong known =
            Objects.requireNonNull(reported.get(assignment.getId()), assignment.getId());
        SongRef song = known.song();
        songs.add(
            new KnownSong(
                song.getId(),
                song.getFilepath(),
                Objects.requireNonNull(song.getTitle()),
                song.getArtist(),
                ClusterNames.letter(cluster),
                clusters.names().of(cluster),
                assignment.getDistance(),
                known.bpm(),
                known.key(),
                group(clusters.names(), assignment)));
        version = assignment.getModelVersion();
      }
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "--results "
              + results
              + " has no results of a run; first run: surmala run --songs PATH --results "
              + results,
          e);
    }
    Map<String, double[]> vectors = vectors(results, version);
    double[][] rows = new double[songs.size()][];
    for (int i = 0; i < rows.length; i++) {
      double[] vector = vectors.get(songs.get(i).id());
      if (vector == null) {
        throw new IOException(
            results
                + "embeddings.avro has no embedding of song "
                + songs.get(i).id()
                + " under model "
                + version
                + "; run again");
      }
      rows[i] = vector;
    }
    return new MappedSongs(List.copyOf(songs), EmbeddingIndex.of(rows), version);
  }

  private static KnownSong.@Nullable Group group(ClusterNames names, ClusterAssignment song) {
    String mark = ClusterNames.mark(song);
    Double distance = song.getGroupDistance();
    return mark == null || distance == null
        ? null
        : new KnownSong.Group(mark, Objects.requireNonNull(names.group(song)), distance);
  }

  private static Map<String, double[]> vectors(String results, String version) throws IOException {
    Map<String, double[]> vectors = new HashMap<>();
    SongParts.Manifest parts = SongParts.manifest(results);
    if (parts != null) {
      for (SongParts.Part part : parts.parts()) {
        for (PublishedSong song : SongParts.read(results, part)) {
          vectors.put(
              song.getSong().getId(),
              song.getAssigned().getEmbedding().getVector().stream()
                  .mapToDouble(Float::doubleValue)
                  .toArray());
        }
      }
      return vectors;
    }
    AvroFile.read(
        results + "embeddings.avro",
        new UnboxedReader(Embedding.getClassSchema()),
        row -> {
          if (version.equals(row.get("modelVersion"))) {
            vectors.put((String) row.get("id"), (double[]) row.get("vector"));
          }
        });
    return vectors;
  }

  /** Reads arrays of floats as arrays of doubles: a list of boxed ones takes ten times as long. */
  private static final class UnboxedReader extends GenericDatumReader<GenericRecord> {
    UnboxedReader(Schema schema) {
      super(schema);
    }

    @Override
    protected Object readArray(Object old, Schema expected, ResolvingDecoder in)
        throws IOException {
      double[] values = new double[0];
      int filled = 0;
      for (long block = in.readArrayStart(); block > 0; block = in.arrayNext()) {
        values = Arrays.copyOf(values, filled + Math.toIntExact(block));
        while (filled < values.length) {
          values[filled++] = in.readFloat();
        }
      }
      return values;
    }
  }
}
