package org.surmala.report;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.ResolvingDecoder;
import org.surmala.io.AvroFile;
import org.surmala.schema.Embedding;
import org.surmala.schema.PublishedSong;

/** The points of the clustered songs, by id, read from the results. */
public final class StoredPoints {
  private StoredPoints() {}

  /**
   * Reads the points under one model.
   *
   * @param results folder of the results, ending in a slash
   * @throws IOException if a file cannot be read
   */
  public static Map<String, SongPoint> read(String results, String version) throws IOException {
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

  /** Reads arrays of floats as arrays of doubles; boxed lists take ten times as long. */
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
