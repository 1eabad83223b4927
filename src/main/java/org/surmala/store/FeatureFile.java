package org.surmala.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.surmala.io.AvroFile;
import org.surmala.io.CsvFile;
import org.surmala.io.SongTitle;
import org.surmala.io.WholeFile;
import org.surmala.schema.FeatureRow;
import org.surmala.schema.ModelEmbedding;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/**
 * A feature table as one file for other tools, in the format of its extension:
 *
 * <ul>
 *   <li>{@code .csv}: id, filepath, language, title, then one column per dimension;
 *   <li>{@code .avro}: {@link FeatureRow} records;
 *   <li>{@code .npy}: float32, songs × dimensions, C order; beside it {@code <name>.songs.csv} with
 *       id, filepath, language and title of each row.
 * </ul>
 *
 * Rows keep the given order.
 */
public final class FeatureFile implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final List<String> SONG_COLUMNS = List.of("id", "filepath", "language", "title");
  private static final String SONGS = ".songs.csv";
  private static final int NPY_ALIGNMENT = 64;
  private static final int NPY_PREFIX = 10;

  private enum Format {
    CSV,
    AVRO,
    NPY
  }

  /** A song and its features. */
  record Row(SongRef song, SegmentFeatures features) {
    private String title() {
      return SongTitle.of(song, features.getInfo()).title();
    }

    /** The feature vector, then the embedding. */
    private List<ByteBuffer> parts() {
      ModelEmbedding embedding = features.getEmbedding();
      return embedding == null
          ? List.of(features.getValues())
          : List.of(features.getValues(), embedding.getValues());
    }

    private int dimensions() {
      return parts().stream().mapToInt(ByteBuffer::remaining).sum() / Float.BYTES;
    }

    private FloatBuffer values() {
      FloatBuffer all = FloatBuffer.allocate(dimensions());
      for (ByteBuffer part : parts()) {
        all.put(part.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
      }
      return all.flip();
    }
  }

  private final String folder;
  private final String name;
  private final Format format;
  private final ArrayList<String> dimensions;

  /**
   * @param folder folder on any Beam file system, ending in a slash
   * @param dimensions names of the dimensions, in order
   * @throws IllegalArgumentException if the name has none of the three extensions
   */
  public FeatureFile(String folder, String name, List<String> dimensions) {
    this.folder = folder;
    this.name = name;
    this.format = format(name);
    this.dimensions = new ArrayList<>(dimensions);
  }

  private static Format format(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    for (Format format : Format.values()) {
      if (format.name().equals(extension)) {
        return format;
      }
    }
    throw new IllegalArgumentException("'" + name + "' must end in .csv, .avro or .npy");
  }

  /** Removes temporary files of dead processes. */
  public void sweep() throws IOException {
    WholeFile.sweep(folder, name);
    WholeFile.sweep(folder, name + SONGS);
  }

  /** Writes the file atomically. */
  void write(List<Row> rows) throws IOException {
    for (Row row : rows) {
      if (row.dimensions() != dimensions.size()) {
        throw new IllegalStateException(
            "%s has %s values where %s are named"
                .formatted(row.song().getFilepath(), row.dimensions(), dimensions.size()));
      }
    }
    switch (format) {
      case CSV -> writeCsv(folder, name, rows, dimensions);
      case AVRO -> writeAvro(rows);
      case NPY -> {
        writeCsv(folder, name + SONGS, rows, List.of());
        WholeFile.write(folder, name, out -> writeNpy(out, rows));
      }
    }
  }

  private static void writeCsv(String folder, String name, List<Row> rows, List<String> dimensions)
      throws IOException {
    List<String> columns = new ArrayList<>(SONG_COLUMNS);
    columns.addAll(dimensions);
    CsvFile.writeEditable(
        folder,
        name,
        columns,
        csv -> {
          for (Row row : rows) {
            SongRef song = row.song();
            csv.print(song.getId());
            csv.print(song.getFilepath());
            csv.print(song.getLanguage());
            csv.print(row.title());
            FloatBuffer values = row.values();
            for (int i = 0; i < dimensions.size(); i++) {
              csv.print(values.get(i));
            }
            csv.println();
          }
        });
  }

  private void writeAvro(List<Row> rows) throws IOException {
    AvroFile.write(
        folder,
        name,
        FeatureRow.class,
        Map.of("surmala.dimensions", String.join(",", dimensions)),
        () -> rows.stream().map(FeatureFile::record).iterator());
  }

  private static FeatureRow record(Row row) {
    FloatBuffer values = row.values();
    List<Float> vector = new ArrayList<>(values.remaining());
    while (values.hasRemaining()) {
      vector.add(values.get());
    }
    SongRef song = row.song();
    return new FeatureRow(
        song.getId(), song.getFilepath(), song.getLanguage(), row.title(), vector);
  }

  private void writeNpy(OutputStream out, List<Row> rows) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(rows.size(), dimensions.size());
    int unpadded = NPY_PREFIX + header.length() + 1;
    int padding = (NPY_ALIGNMENT - unpadded % NPY_ALIGNMENT) % NPY_ALIGNMENT;
    String padded = header + " ".repeat(padding) + "\n";
    ByteBuffer prefix = ByteBuffer.allocate(NPY_PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    prefix.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    prefix.put((byte) 1).put((byte) 0).putShort((short) padded.length());
    out.write(prefix.array());
    out.write(padded.getBytes(StandardCharsets.US_ASCII));
    for (Row row : rows) {
      for (ByteBuffer part : row.parts()) {
        byte[] bytes = new byte[part.remaining()];
        part.duplicate().get(bytes);
        out.write(bytes);
      }
    }
  }
}
