package org.surmala.read;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/**
 * The columns of a feature table, found by reading it once: a column is a feature if more than half
 * of its filled cells are numbers, unless it is the id, the label, dropped by the user, constant,
 * or a row number. The others are labels. If the file has arrays, only their values are features.
 */
public final class FeatureTable implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SPEC_DIGITS = 12;
  private final FeatureTableOptions options;
  private final ArrayList<String> features;
  private final ArrayList<String> notes;
  private final long rows;

  private FeatureTable(
      FeatureTableOptions options, List<String> features, long rows, List<String> notes) {
    this.options = options;
    this.features = new ArrayList<>(features);
    this.rows = rows;
    this.notes = new ArrayList<>(notes);
  }

  /**
   * Reads the table's columns.
   *
   * @throws IOException if the table cannot be read, a column of the options is missing, or no
   *     column is a feature; the message names the file and what was found
   */
  public static FeatureTable scan(FeatureTableOptions options) throws IOException {
    try (FeatureRows table = FeatureRows.open(options.file(), options.idColumn())) {
      table.require(options.idColumn(), "--id-column");
      if (options.labelColumn() != null) {
        table.require(options.labelColumn(), "--label-column");
      }
      for (String dropped : options.dropColumns()) {
        table.require(dropped, "--drop-columns");
      }
      if (options.groupColumn() != null) {
        table.require(options.groupColumn(), "--group-column");
      }
      for (String condition : options.conditionColumns()) {
        table.require(condition, "the condition of a model");
      }
      List<ColumnProfile> columns = table.columns().stream().map(ColumnProfile::new).toList();
      long rows = 0;
      long whole = 0;
      String firstFault = "it has a header and no rows";
      for (TableRow row = table.next(); row != null; row = table.next()) {
        rows++;
        if (row.fault() == null) {
          whole++;
          for (ColumnProfile column : columns) {
            column.add(row.cell(column.name()), row.line());
          }
        } else if (rows == 1) {
          firstFault = row.fault();
        }
      }
      if (whole == 0) {
        throw new IOException(options.file() + ": no row can be read: " + firstFault);
      }
      return sort(options, columns, table.values(), rows, table.notes());
    }
  }

  private static FeatureTable sort(
      FeatureTableOptions options,
      List<ColumnProfile> columns,
      Set<String> values,
      long rows,
      List<String> shape)
      throws IOException {
    List<String> features = new ArrayList<>();
    List<String> constant = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    List<String> counting = new ArrayList<>();
    List<String> mixed = new ArrayList<>();
    for (ColumnProfile column : columns) {
      String name = column.name();
      if (name.equals(options.idColumn()) || options.dropColumns().contains(name)) {
        continue;
      }
      if (name.equals(options.labelColumn()) || options.conditionColumns().contains(name)) {
        labels.add(name);
        continue;
      }
      if (!values.isEmpty() && !values.contains(name)) {
        labels.add(name);
        continue;
      }
      if (column.countsRows()) {
        counting.add(name);
        continue;
      }
      column.note().ifPresent(mixed::add);
      if (!column.isNumeric()) {
        labels.add(name);
      } else if (column.varies()) {
        features.add(name);
      } else {
        constant.add(name);
      }
    }
    if (features.isEmpty()) {
      throw new IOException(
          options.file()
              + ": no column is a feature: constant "
              + constant
              + ", not numbers "
              + labels
              + (counting.isEmpty() ? "" : ", row numbers " + counting)
              + "; give a table with numeric columns that vary"
              + (mixed.isEmpty() ? "" : " (" + String.join("; ", mixed) + ")"));
    }
    List<String> notes = new ArrayList<>();
    notes.add(features.size() + " columns are features, " + labels + " labels");
    if (!constant.isEmpty()) {
      notes.add("left out because they are constant: " + constant);
    }
    notes.addAll(shape);
    if (!counting.isEmpty()) {
      notes.add("left out because they only number the rows: " + counting);
    }
    notes.addAll(mixed);
    return new FeatureTable(options, features, rows, notes);
  }

  /** Number of rows, valid or not. */
  public long rows() {
    return rows;
  }

  /** Columns that are features, in the file's order. */
  public List<String> features() {
    return List.copyOf(features);
  }

  /** Notes on the table for readers of the scores, one line each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  FeatureTableOptions options() {
    return options;
  }

  /** Version of the features: hexadecimal digits of a hash over their names. */
  public String spec() {
    return DigestUtils.sha256Hex(String.join("\n", features)).substring(0, SPEC_DIGITS);
  }

  /** Receives the rows of a table in the file's order, each by one method. */
  public interface Sink {
    /**
     * A song.
     *
     * @param label null if its cell is empty, or the table has no label column
     * @param values one for each of {@link #features()}, all finite
     * @param labels labels for conditional models, by column
     */
    void song(
        String id, String uri, @Nullable String label, float[] values, Map<String, String> labels);

    /** A row with the id of an earlier one. */
    void duplicate(String id, String uri);

    /** An invalid row; its id is null if unknown. */
    void failed(@Nullable String id, String uri, SongException why);
  }

  /**
   * Reads the rows.
   *
   * @throws IOException if the table cannot be read
   */
  public void read(Sink sink) throws IOException {
    Set<String> ids = new HashSet<>();
    try (FeatureRows table = FeatureRows.open(options.file(), options.idColumn())) {
      for (TableRow row = table.next(); row != null; row = table.next()) {
        String uri = options.file() + "#" + row.number();
        String id = row.fault() == null ? row.text(options.idColumn()) : null;
        try {
          float[] values = values(row, id);
          if (id != null && ids.add(id)) {
            sink.song(id, uri, label(row), values, row.labels(options.conditionColumns()));
          } else {
            sink.duplicate(String.valueOf(id), uri);
          }
        } catch (SongException bad) {
          sink.failed(id, uri, bad);
        }
      }
    }
  }

  private @Nullable String label(TableRow row) {
    String column = options.labelColumn();
    return column == null ? null : row.label(column);
  }

  private float[] values(TableRow row, @Nullable String id) throws SongException {
    if (row.fault() != null) {
      throw new SongException(FailureCode.BAD_ROW, row.fault());
    }
    if (id == null) {
      throw new SongException(
          FailureCode.BAD_ROW,
          "line %s, column '%s': the cell is empty; give the row an id, or remove it"
              .formatted(row.line(), options.idColumn()));
    }
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      String feature = features.get(i);
      String cell = row.cell(feature);
      Double value = CellParser.number(cell);
      if (value == null || !Float.isFinite(value.floatValue())) {
        throw new SongException(
            FailureCode.BAD_FEATURE,
            ("line %s, column '%s': %s; correct it, remove the row, or name the column"
                    + " in --drop-columns")
                .formatted(row.line(), feature, CellParser.fault(cell)));
      }
      values[i] = value.floatValue();
    }
    return values;
  }
}
