package org.surmala.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a table file, one per song, in the file's order. */
public interface TableRecords extends Closeable {
  /** Names of the fields, in the file's order. */
  List<String> fields();

  /** Names of an array's values; empty if the file has none. */
  List<String> valueNames();

  /**
   * The next record: a value for each field, a {@link List} for an array of numbers; null after the
   * last.
   *
   * @throws IOException if the file cannot be read further
   */
  @Nullable List<@Nullable Object> next() throws IOException;

  /**
   * A table format that not every build can read. Implementations are found by {@link
   * java.util.ServiceLoader}.
   */
  interface Format {
    /** File extension, lower case, with the dot. */
    String ending();

    /**
     * Opens a file.
     *
     * @param file file on any Beam file system
     * @throws IOException if it has another format, or cannot be read
     */
    TableRecords open(String file) throws IOException;
  }
}
