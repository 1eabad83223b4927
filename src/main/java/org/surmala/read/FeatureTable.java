package org.surmala.read;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.files.SpreadsheetText;

/**
 * What a table of features holds, found by reading it once: every column whose cells are all
 * numbers is a feature, unless it is the id, the label, dropped by the user, or constant. The
 * others are labels.
 */
public final class FeatureTable implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SPEC_DIGITS = 12;
  static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .get();

  private final FeatureTableOptions options;
  private final ArrayList<String> features;
  private final ArrayList<String> constant;
  private final ArrayList<String> labels;
  private final long rows;

  private FeatureTable(
      FeatureTableOptions options,
      List<String> features,
      List<String> constant,
      List<String> labels,
      long rows) {
    this.options = options;
    this.features = new ArrayList<>(features);
    this.constant = new ArrayList<>(constant);
    this.labels = new ArrayList<>(labels);
    this.rows = rows;
  }

  /**
   * Reads the table's columns.
   *
   * @throws IOException when it cannot be read, a column that the options name is missing, or no
   *     column is a feature; the message names the file and what was found
   */
  public static FeatureTable scan(FeatureTableOptions options) throws IOException {
    try (CSVParser rows = open(options.file())) {
      List<String> columns = rows.getHeaderNames();
      require(options, columns, "--id-column", options.idColumn());
      if (options.labelColumn() != null) {
        require(options, columns, "--label-column", options.labelColumn());
      }
      for (String dropped : options.dropColumns()) {
        require(options, columns, "--drop-columns", dropped);
      }
      for (String told : options.toldColumns()) {
        require(options, columns, "the condition of a model", told);
      }
      boolean[] numeric = new boolean[columns.size()];
      Arrays.fill(numeric, true);
      boolean[] varies = new boolean[columns.size()];
      double[] first = new double[columns.size()];
      Arrays.fill(first, Double.NaN);
      for (CSVRecord row : rows) {
        for (int c = 0; c < columns.size(); c++) {
          Double value = c < row.size() ? number(row.get(c)) : null;
          if (value == null) {
            numeric[c] = false;
          } else if (Double.isFinite(value)) {
            varies[c] |= !Double.isNaN(first[c]) && first[c] != value;
            first[c] = value;
          }
        }
      }
      return sort(options, columns, numeric, varies, rows.getRecordNumber());
    } catch (UncheckedIOException malformed) {
      throw new IOException(
          options.file() + ": not a readable CSV file: " + malformed.getMessage(), malformed);
    }
  }

  private static FeatureTable sort(
      FeatureTableOptions options,
      List<String> columns,
      boolean[] numeric,
      boolean[] varies,
      long rows)
      throws IOException {
    List<String> features = new ArrayList<>();
    List<String> constant = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      String column = columns.get(c);
      if (column.equals(options.idColumn()) || options.dropColumns().contains(column)) {
        continue;
      }
      if (column.equals(options.labelColumn())
          || options.toldColumns().contains(column)
          || !numeric[c]) {
        labels.add(column);
      } else if (varies[c]) {
        features.add(column);
      } else {
        constant.add(column);
      }
    }
    if (features.isEmpty()) {
      throw new IOException(
          options.file()
              + ": no column is a feature: constant "
              + constant
              + ", not numbers "
              + labels
              + "; give a table with numeric columns that vary");
    }
    return new FeatureTable(options, features, constant, labels, rows);
  }

  /** How many rows there are, whatever is in them. */
  public long rows() {
    return rows;
  }

  /** Columns that are features, in the file's order. */
  public List<String> features() {
    return List.copyOf(features);
  }

  /** Numeric columns that hold one value, and so tell nothing. */
  public List<String> constant() {
    return List.copyOf(constant);
  }

  /** Columns that are not numbers, and the label. */
  public List<String> labels() {
    return List.copyOf(labels);
  }

  FeatureTableOptions options() {
    return options;
  }

  /** Version of the features: hexadecimal digits of a hash over their names. */
  public String spec() {
    return DigestUtils.sha256Hex(String.join("\n", features)).substring(0, SPEC_DIGITS);
  }

  /** Takes the songs of a table, in the file's order. */
  @FunctionalInterface
  public interface Sink {
    /**
     * A song.
     *
     * @param label null when its cell is empty, or the table has no column of labels
     * @param values one for each of {@link #features()}, all finite
     * @param labels those of the columns that models are told, by column
     */
    void song(String id, @Nullable String label, float[] values, Map<String, String> labels);
  }

  /**
   * Reads the songs. A row with the id of an earlier one, or with a cell that is no finite number
   * where a feature should be, is left out.
   *
   * @return how many rows were left out
   * @throws IOException when the table cannot be read
   */
  public long read(Sink sink) throws IOException {
    long leftOut = 0;
    Set<String> ids = new HashSet<>();
    try (CSVParser rows = open(options.file())) {
      for (CSVRecord row : rows) {
        String id = SpreadsheetText.text(row.get(options.idColumn()));
        try {
          float[] values = values(row, features);
          if (ids.add(id)) {
            sink.song(id, label(row, options), values, labels(row, options));
          } else {
            leftOut++;
          }
        } catch (SongException bad) {
          leftOut++;
        }
      }
    }
    return leftOut;
  }

  static @Nullable String label(CSVRecord row, FeatureTableOptions options) {
    String column = options.labelColumn();
    String label = column == null ? "" : SpreadsheetText.text(row.get(column));
    return label.isBlank() ? null : label;
  }

  /** The labels of a row in the columns that models are told; without those of empty cells. */
  static Map<String, String> labels(CSVRecord row, FeatureTableOptions options) {
    Map<String, String> labels = new TreeMap<>();
    for (String column : options.toldColumns()) {
      if (row.isSet(column) && !row.get(column).isBlank()) {
        labels.put(column, SpreadsheetText.text(row.get(column)));
      }
    }
    return labels;
  }

  /** The features of a row. */
  static float[] values(CSVRecord row, List<String> features) throws SongException {
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      String feature = features.get(i);
      Double value = row.isSet(feature) ? number(row.get(feature)) : null;
      if (value == null || !Float.isFinite(value.floatValue())) {
        throw new SongException(
            FailureCode.BAD_FEATURE,
            "row "
                + row.getRecordNumber()
                + ", column "
                + feature
                + ": '"
                + (row.isSet(feature) ? row.get(feature) : "")
                + "' is no finite number; fill it in, remove the row, or name the column in"
                + " --drop-columns");
      }
      values[i] = value.floatValue();
    }
    return values;
  }

  static CSVParser open(String file) throws IOException {
    return CSVParser.builder()
        .setReader(
            new InputStreamReader(
                BOMInputStream.builder()
                    .setInputStream(
                        Channels.newInputStream(
                            FileSystems.open(FileSystems.matchNewResource(file, false))))
                    .get(),
                StandardCharsets.UTF_8))
        .setFormat(FORMAT)
        .get();
  }

  /** The number that a cell holds, NaN where it is empty; null where it holds none. */
  static @Nullable Double number(String cell) {
    String text = cell.strip();
    if (text.isEmpty() || text.equalsIgnoreCase("nan") || text.equalsIgnoreCase("na")) {
      return Double.NaN;
    }
    if (text.equalsIgnoreCase("inf") || text.equalsIgnoreCase("-inf")) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException words) {
      return null;
    }
  }

  private static void require(
      FeatureTableOptions options, List<String> columns, String option, String column)
      throws IOException {
    if (!columns.contains(column)) {
      throw new IOException(
          options.file()
              + " has no column '"
              + column
              + "' as "
              + option
              + " says; its columns are "
              + columns);
    }
  }
}
