package org.surmala.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feature table, row by row: {@link UserTable} for CSV, {@link NpyTable} or {@link RecordTable},
 * by the file's extension.
 */
interface FeatureRows extends Closeable {
  /**
   * Opens a table.
   *
   * @param file file on any Beam file system
   * @param idColumn column that identifies each song
   * @throws IOException if the file is not a feature table; the message names the file and the
   *     remedy
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

  /** Columns that are always features; for others the cells decide. */
  default Set<String> values() {
    return Set.of();
  }

  /** Notes on the table's shape for readers of the results, one line each. */
  default List<String> notes() {
    return List.of();
  }

  /** Checks that a column exists, which an option or a purpose needs. */
  void require(String column, String asked) throws IOException;

  /** The next row; null after the last. */
  @Nullable TableRow next() throws IOException;
}
