package org.surmala.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.surmala.io.WholeFile;

/**
 * Reads a table in Avro: a record for each song, whose arrays of numbers are features and whose
 * other fields are columns as those of a CSV file are, such as {@code surmala features} writes. The
 * values of an array are named by the file's entry {@code surmala.dimensions}, else by the field
 * and their number. Each record's arrays have the lengths of the first's.
 */
final class AvroTable implements FeatureRows {
  private static final String DIMENSIONS = "surmala.dimensions";

  private final String file;
  private final DataFileStream<GenericRecord> records;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final Set<String> values = new LinkedHashSet<>();
  private final Map<String, Integer> lengths = new LinkedHashMap<>();
  private @Nullable GenericRecord first;
  private long read;

  private AvroTable(String file, DataFileStream<GenericRecord> records) throws IOException {
    this.file = file;
    this.records = records;
    first = records.hasNext() ? records.next() : null;
    if (first == null) {
      throw new IOException(file + ": has no record; a table of features has one for each song");
    }
    String named = records.getMetaString(DIMENSIONS);
    String[] names = named == null ? new String[0] : named.split(",", -1);
    for (Schema.Field field : first.getSchema().getFields()) {
      if (!(first.get(field.pos()) instanceof List<?> array)) {
        columns.put(field.name(), columns.size());
        continue;
      }
      lengths.put(field.name(), array.size());
      int digits = Integer.toString(Math.max(0, array.size() - 1)).length();
      for (int i = 0; i < array.size(); i++) {
        String name =
            names.length == array.size()
                ? names[i]
                : String.format(Locale.ROOT, "%s_%0" + digits + "d", field.name(), i);
        columns.put(name, columns.size());
        values.add(name);
      }
    }
  }

  static AvroTable open(String file) throws IOException {
    InputStream in = WholeFile.open(file);
    try {
      return new AvroTable(file, new DataFileStream<>(in, new GenericDatumReader<>()));
    } catch (AvroRuntimeException | IOException | ClassCastException e) {
      in.close();
      String why = String.valueOf(e.getMessage());
      throw why.startsWith(file)
          ? new IOException(why, e)
          : new IOException(file + ": is no Avro file of records: " + why + "; write it again", e);
    }
  }

  @Override
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  @Override
  public Set<String> values() {
    return values;
  }

  @Override
  public void require(String column, String asked) throws IOException {
    if (!columns.containsKey(column)) {
      List<String> others = new ArrayList<>(columns.keySet());
      others.removeAll(values);
      throw new IOException(
          file
              + " has no column '"
              + column
              + "' as "
              + asked
              + " says; its columns are "
              + others
              + ", and those of "
              + lengths.keySet());
    }
  }

  @Override
  public @Nullable TableRow next() throws IOException {
    GenericRecord song = first;
    first = null;
    try {
      if (song == null && records.hasNext()) {
        song = records.next();
      }
    } catch (AvroRuntimeException e) {
      throw new IOException(
          file + ": cannot be read behind record " + read + ": " + e.getMessage(), e);
    }
    if (song == null) {
      return null;
    }
    read++;
    List<String> cells = new ArrayList<>(columns.size());
    String fault = null;
    for (Schema.Field field : song.getSchema().getFields()) {
      Object value = song.get(field.pos());
      Integer length = lengths.get(field.name());
      if (length == null) {
        cells.add(text(value));
        continue;
      }
      int found = value instanceof List<?> array ? array.size() : 0;
      if (found != length) {
        fault =
            "record "
                + read
                + " has "
                + found
                + " values in "
                + field.name()
                + " where the first has "
                + length
                + "; correct or remove it";
      }
      for (int i = 0; i < length; i++) {
        cells.add(value instanceof List<?> array && i < array.size() ? text(array.get(i)) : "");
      }
    }
    return TableRow.of(columns, cells, read, fault);
  }

  private static String text(@Nullable Object value) {
    return value == null || value instanceof ByteBuffer ? "" : value.toString();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
