package org.surmala.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finished table of features, row by row: {@link UserTable} of CSV, {@link NpyTable} or {@link
 * RecordTable}, by the ending of the file's name.
 */
interface FeatureRows extends Closeable {
  /**
   * Opens a table.
   *
   * @param file on any Beam file system
   * @param idColumn that tells one song from another
   * @throws IOException when the file is no such table; the message names it and the remedy
   */
  static FeatureRows open(String file, String idColumn) throws IOException {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      return NpyTable.open(file, idColumn);
    }
    return RecordTable.isOne(name) ? RecordTable.open(file) : UserTable.open(file, idColumn);
  }

  /** Names of the columns, in the file's order. */
  List<String> columns();

  /** Those that are features whatever they hold; others are told by their cells. */
  default Set<String> values() {
    return Set.of();
  }

  /** What a reader of the results should know of the table's shape, one line each. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * Checks that there is a column.
   *
   * @param asked who wants it, such as an option
   * @throws IOException when there is not
   */
  void require(String column, String asked) throws IOException;

  /**
   * The next row; null after the last.
   *
   * @throws IOException when the file cannot be read on
   */
  @Nullable TableRow next() throws IOException;
}
