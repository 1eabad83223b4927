package org.surmala.pipeline;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.ResolvingDecoder;
import org.surmala.files.AvroFile;
import org.surmala.files.CsvFile;
import org.surmala.files.CsvRow;
import org.surmala.lookup.KnownSong;
import org.surmala.lookup.Places;
import org.surmala.report.ClusterNames;
import org.surmala.schema.Embedding;

/**
 * The songs that a run has clustered, with their places under the model that it clustered them by:
 * assignments.csv and embeddings.avro, read back.
 *
 * @param songs ascending by id
 * @param places one for each song
 * @param modelVersion of the model that gave the places
 */
record MappedSongs(List<KnownSong> songs, Places places, String modelVersion) {
  /**
   * Reads a folder of results.
   *
   * @param results ending in a slash
   * @throws UsageException when there are no results of a run in it
   * @throws IOException when a file cannot be read, or the two contradict each other
   */
  static MappedSongs read(String results) throws IOException {
    List<KnownSong> songs = new ArrayList<>();
    String version = "";
    try {
      for (CsvRow row : CsvFile.read(results + "assignments.csv")) {
        String artist = row.get("artist");
        songs.add(
            new KnownSong(
                row.get("id"),
                row.get("filepath"),
                row.get("title"),
                artist.isEmpty() ? null : artist,
                ClusterNames.letter(Integer.parseInt(row.get("cluster"))),
                row.get("cluster_name"),
                Double.parseDouble(row.get("distance"))));
        version = row.get("model");
      }
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "--results "
              + results
              + " holds no results of a run; first run: surmala run --songs PATH --results "
              + results,
          e);
    }
    Map<String, double[]> vectors = vectors(results + "embeddings.avro", version);
    double[][] rows = new double[songs.size()][];
    for (int i = 0; i < rows.length; i++) {
      double[] vector = vectors.get(songs.get(i).id());
      if (vector == null) {
        throw new IOException(
            results
                + "embeddings.avro has no place of song "
                + songs.get(i).id()
                + " under model "
                + version
                + "; run again");
      }
      rows[i] = vector;
    }
    return new MappedSongs(List.copyOf(songs), Places.of(rows), version);
  }

  private static Map<String, double[]> vectors(String file, String version) throws IOException {
    Map<String, double[]> vectors = new HashMap<>();
    AvroFile.read(
        file,
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
