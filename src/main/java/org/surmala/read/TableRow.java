package org.surmala.read;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.io.SpreadsheetText;

/** A row of a {@link UserTable}. */
public final class TableRow {
  private final Map<String, Integer> columns;
  final String[] cells;
  private final long number;
  private final long line;
  private final @Nullable String fault;

  TableRow(
      Map<String, Integer> columns,
      String[] cells,
      long number,
      long line,
      @Nullable String fault) {
    this.columns = columns;
    this.cells = cells;
    this.number = number;
    this.line = line;
    this.fault = fault;
  }

  /** A row of a table without lines: its line is its number. */
  static TableRow of(
      Map<String, Integer> columns, List<String> cells, long number, @Nullable String fault) {
    return new TableRow(columns, cells.toArray(new String[0]), number, number, fault);
  }

  /** Number among the rows that are not empty, from 1. */
  public long number() {
    return number;
  }

  /** The line where the row starts, as editors count lines. */
  public long line() {
    return line;
  }

  /** The fault of a malformed row, whose cells may be in wrong columns; else null. */
  public @Nullable String fault() {
    return fault;
  }

  /** Whether the column exists. */
  public boolean has(String column) {
    return columns.containsKey(column);
  }

  /**
   * The text of a cell, without the apostrophe that prevents a formula; empty if the column does
   * not exist.
   */
  public String cell(String column) {
    Integer c = columns.get(column);
    return c == null || c >= cells.length ? "" : SpreadsheetText.text(cells[c]);
  }

  /** The text of a cell; null if it is blank. */
  public @Nullable String text(String column) {
    String text = cell(column);
    return text.isBlank() ? null : text;
  }

  /** The trimmed label in a cell; null if it counts as empty. */
  public @Nullable String label(String column) {
    return CellParser.label(cell(column));
  }

  /** The labels in these columns, by column. */
  Map<String, String> labels(Collection<String> wanted) {
    Map<String, String> labels = new TreeMap<>();
    for (String column : wanted) {
      String label = label(column);
      if (label != null) {
        labels.put(column, label);
      }
    }
    return labels;
  }
}
