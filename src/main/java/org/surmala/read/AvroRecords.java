package org.surmala.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.surmala.io.WholeFile;

/**
 * The records of an Avro file, such as {@code surmala features} writes. The file's entry {@code
 * surmala.dimensions} names an array's values.
 */
final class AvroRecords implements TableRecords {
  private static final String DIMENSIONS = "surmala.dimensions";

  private final DataFileStream<GenericRecord> records;

  private AvroRecords(DataFileStream<GenericRecord> records) {
    this.records = records;
  }

  static AvroRecords open(String file) throws IOException {
    InputStream in = WholeFile.open(file);
    try {
      return new AvroRecords(new DataFileStream<>(in, new GenericDatumReader<>()));
    } catch (AvroRuntimeException | IOException | ClassCastException e) {
      in.close();
      throw new IOException(
          "is not an Avro file of records: " + e.getMessage() + "; write it again", e);
    }
  }

  @Override
  public List<String> fields() {
    return records.getSchema().getFields().stream().map(Schema.Field::name).toList();
  }

  @Override
  public List<String> valueNames() {
    String named = records.getMetaString(DIMENSIONS);
    return named == null ? List.of() : List.of(named.split(",", -1));
  }

  @Override
  public @Nullable List<@Nullable Object> next() throws IOException {
    try {
      if (!records.hasNext()) {
        return null;
      }
      GenericRecord song = records.next();
      List<@Nullable Object> values = new ArrayList<>();
      for (Schema.Field field : song.getSchema().getFields()) {
        Object value = song.get(field.pos());
        values.add(value instanceof ByteBuffer ? null : value);
      }
      return values;
    } catch (AvroRuntimeException | ClassCastException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
