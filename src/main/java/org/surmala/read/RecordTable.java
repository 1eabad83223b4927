package org.surmala.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feature table of records: their arrays of numbers are features, other fields are columns as in
 * a CSV file. The file may name the values of an array; else the field and an index name them. All
 * records must have arrays of the same lengths.
 */
final class RecordTable implements FeatureRows {
  private static final String PARQUET = ".parquet";

  private final String file;
  private final TableRecords records;
  private final List<String> fields;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final Set<String> values = new LinkedHashSet<>();
  private final Map<String, Integer> lengths = new LinkedHashMap<>();
  private @Nullable List<@Nullable Object> first;
  private long read;

  private RecordTable(String file, TableRecords records) throws IOException {
    this.file = file;
    this.records = records;
    fields = records.fields();
    first = record();
    if (first == null) {
      throw new IOException(file + ": has no record; a table of features has one for each song");
    }
    List<String> names = records.valueNames();
    for (int f = 0; f < fields.size(); f++) {
      String field = fields.get(f);
      if (!(first.get(f) instanceof List<?> array)) {
        columns.put(field, columns.size());
        continue;
      }
      lengths.put(field, array.size());
      int digits = Integer.toString(Math.max(0, array.size() - 1)).length();
      for (int i = 0; i < array.size(); i++) {
        String name =
            names.size() == array.size()
                ? names.get(i)
                : String.format(Locale.ROOT, "%s_%0" + digits + "d", field, i);
        columns.put(name, columns.size());
        values.add(name);
      }
    }
  }

  /** Whether a file with this name is a table of records. */
  static boolean isOne(String name) {
    return name.endsWith(".avro") || name.endsWith(PARQUET);
  }

  static RecordTable open(String file) throws IOException {
    TableRecords records;
    try {
      records = records(file);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    try {
      return new RecordTable(file, records);
    } catch (IOException e) {
      records.close();
      throw e;
    }
  }

  private static TableRecords records(String file) throws IOException {
    String name = file.toLowerCase(Locale.ROOT);
    if (!name.endsWith(PARQUET)) {
      return AvroRecords.open(file);
    }
    for (TableRecords.Format format :
        ServiceLoader.load(TableRecords.Format.class, TableRecords.class.getClassLoader())) {
      if (name.endsWith(format.ending())) {
        return format.open(file);
      }
    }
    throw new IOException(
        "this build does not read Parquet; build it with mvn -q -B -Dlauncher -DskipTests -Pparquet"
            + " package, or give a CSV, .npy or .avro file");
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
          "%s has no column '%s' as %s says; its columns are %s, and those of %s"
              .formatted(file, column, asked, others, lengths.keySet()));
    }
  }

  private @Nullable List<@Nullable Object> record() throws IOException {
    try {
      return records.next();
    } catch (IOException e) {
      throw new IOException(
          file + ": cannot be read after record " + read + ": " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable TableRow next() throws IOException {
    List<@Nullable Object> song = first == null ? record() : first;
    first = null;
    if (song == null) {
      return null;
    }
    read++;
    List<String> cells = new ArrayList<>(columns.size());
    String fault = null;
    for (int f = 0; f < fields.size(); f++) {
      Object value = song.get(f);
      Integer length = lengths.get(fields.get(f));
      if (length == null) {
        cells.add(text(value));
        continue;
      }
      int found = value instanceof List<?> array ? array.size() : 0;
      if (found != length) {
        fault =
            "record %s has %s values in %s where the first has %s; correct or remove it"
                .formatted(read, found, fields.get(f), length);
      }
      for (int i = 0; i < length; i++) {
        cells.add(value instanceof List<?> array && i < array.size() ? text(array.get(i)) : "");
      }
    }
    return TableRow.of(columns, cells, read, fault);
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
