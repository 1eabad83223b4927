package org.surmala.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CheckedOutputStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * A file of Avro records, written atomically. Equal records give equal bytes. The file has a
 * checksum that every reader verifies first: records are returned only if no byte of the file is
 * missing or changed.
 */
public final class AvroFile {
  private static final byte[] SYNC = new byte[16];

  private AvroFile() {}

  /**
   * Writes the records, replacing an existing file.
   *
   * @param folder folder on any Beam file system, ending in a slash; created if needed
   * @param name file name, without a path
   * @param records iterated twice, in the same order, since the checksum precedes them
   */
  public static <T extends SpecificRecordBase> void write(
      String folder, String name, Class<T> type, Iterable<T> records) throws IOException {
    write(folder, name, type, Map.of(), records);
  }

  /** The same, with entries in the header's metadata, by key. */
  public static <T extends SpecificRecordBase> void write(
      String folder, String name, Class<T> type, Map<String, String> metadata, Iterable<T> records)
      throws IOException {
    AvroChecksum checksum = new AvroChecksum();
    OutputStream counted = new CheckedOutputStream(OutputStream.nullOutputStream(), checksum);
    long count = encode(counted, type, metadata, AvroChecksum.BLANK, records);
    WholeFile.write(folder, name, out -> encode(out, type, metadata, checksum.of(count), records));
  }

  private static <T extends SpecificRecordBase> long encode(
      OutputStream out,
      Class<T> type,
      Map<String, String> metadata,
      String checksum,
      Iterable<T> records)
      throws IOException {
    SpecificDatumWriter<T> datum = new SortedMapsWriter<>(type);
    long count = 0;
    try (DataFileWriter<T> writer = new DataFileWriter<>(datum)) {
      writer.setCodec(CodecFactory.deflateCodec(1));
      metadata.forEach(writer::setMeta);
      writer.setMeta(AvroChecksum.KEY, checksum);
      writer.create(datum.getSpecificData().getSchema(type), out, SYNC);
      for (T record : records) {
        writer.append(record);
        count++;
      }
    }
    return count;
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
    read(file, new SpecificDatumReader<>(type), sink);
  }

  /**
   * The same, with a given datum reader.
   *
   * @throws DamagedFileException if the file has changed since it was written
   */
  public static <D> void read(String file, DatumReader<D> datum, Consumer<D> sink)
      throws IOException {
    boolean hasChecksum = AvroChecksum.verify(file);
    try (InputStream in = WholeFile.open(file);
        DataFileStream<D> stream = new DataFileStream<>(in, datum)) {
      for (D record = next(file, stream, hasChecksum);
          record != null;
          record = next(file, stream, hasChecksum)) {
        sink.accept(record);
      }
    }
  }

  /**
   * Compares a file with its checksum.
   *
   * @throws DamagedFileException if it has changed since it was written
   */
  public static void verify(String file) throws IOException {
    AvroChecksum.verify(file);
  }

  private static <D> @Nullable D next(String file, DataFileStream<D> stream, boolean hasChecksum)
      throws IOException {
    try {
      return stream.hasNext() ? stream.next() : null;
    } catch (RuntimeException e) {
      throw hasChecksum
          ? new IOException(file + ": a record has another schema: " + e.getMessage(), e)
          : unreadable(file, e);
    }
  }

  /** The exception for a damaged record in a file of an earlier release. */
  public static DamagedFileException unreadable(String file, RuntimeException cause) {
    DamagedFileException damaged =
        new DamagedFileException(file, "a record cannot be read (" + cause.getMessage() + ")");
    damaged.initCause(cause);
    return damaged;
  }
}
