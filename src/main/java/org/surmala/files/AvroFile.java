package org.surmala.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.beam.sdk.io.FileSystems;

/** A file of Avro records, whole or not there. The same records are the same bytes. */
public final class AvroFile {
  private static final byte[] SYNC = new byte[16];

  private AvroFile() {}

  /**
   * Writes the records, in place of a file that may be there.
   *
   * @param folder on any Beam file system, ending in a slash; made when it is not there
   * @param name of the file, without a path
   */
  public static <T extends SpecificRecordBase> void write(
      String folder, String name, Class<T> type, Iterable<T> records) throws IOException {
    WholeFile.write(
        folder,
        name,
        out -> {
          SpecificDatumWriter<T> datum = new SpecificDatumWriter<>(type);
          try (DataFileWriter<T> writer = new DataFileWriter<>(datum)) {
            writer.setCodec(CodecFactory.deflateCodec(1));
            writer.create(datum.getSpecificData().getSchema(type), out, SYNC);
            for (T record : records) {
              writer.append(record);
            }
          }
        });
  }

  /** Reads all records of a file. */
  public static <T extends SpecificRecordBase> List<T> read(String file, Class<T> type)
      throws IOException {
    List<T> records = new ArrayList<>();
    read(file, type, records::add);
    return records;
  }

  /** Reads a file, one record at a time. */
  public static <T extends SpecificRecordBase> void read(
      String file, Class<T> type, Consumer<T> sink) throws IOException {
    try (InputStream in =
            Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(file, false)));
        DataFileStream<T> stream = new DataFileStream<>(in, new SpecificDatumReader<>(type))) {
      stream.forEach(sink);
    }
  }
}
