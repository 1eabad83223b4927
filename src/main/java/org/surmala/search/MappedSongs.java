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
import org.surmala.config.UsageException;
import org.surmala.io.AvroFile;
import org.surmala.report.ClusterNames;
import org.surmala.report.ReportedSong;
import org.surmala.report.ReportedSongs;
import org.surmala.report.SongParts;
import org.surmala.report.SongPoint;
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
        SongRef song =
            Objects.requireNonNull(reported.get(assignment.getId()), assignment.getId()).song();
        songs.add(
            new KnownSong(
                song.getId(),
                song.getFilepath(),
                Objects.requireNonNull(song.getTitle()),
                song.getArtist(),
                ClusterNames.letter(cluster),
                clusters.names().of(cluster),
                assignment.getDistance()));
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
    Map<String, SongPoint> points = points(results, version);
    List<SongPoint> ofSongs = new ArrayList<>();
    for (KnownSong song : songs) {
      SongPoint point = points.get(song.id());
      if (point == null) {
        throw new IOException(
            results
                + "embeddings.avro has no embedding of song "
                + song.id()
                + " under model "
                + version
                + "; run again");
      }
      ofSongs.add(point);
    }
    return new MappedSongs(List.copyOf(songs), EmbeddingIndex.of(ofSongs), version);
  }

  private static Map<String, SongPoint> points(String results, String version) throws IOException {
    Map<String, SongPoint> points = new HashMap<>();
    SongParts.Manifest parts = SongParts.manifest(results);
    if (parts != null) {
      for (SongParts.Part part : parts.parts()) {
        for (PublishedSong song : SongParts.read(results, part)) {
          points.put(song.getSong().getId(), SongPoint.of(song.getAssigned().getEmbedding()));
        }
      }
      return points;
    }
    AvroFile.read(
        results + "embeddings.avro",
        new UnboxedReader(Embedding.getClassSchema()),
        row -> {
          if (version.equals(row.get("modelVersion"))) {
            double[] directions = (double[]) row.get("directions");
            points.put(
                (String) row.get("id"),
                new SongPoint(
                    (double[]) row.get("vector"), directions == null ? new double[0] : directions));
          }
        });
    return points;
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
