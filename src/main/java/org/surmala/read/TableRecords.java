package org.surmala.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a table file, one for each song, in the file's order. */
public interface TableRecords extends Closeable {
  /** Names of the fields, in the file's order. */
  List<String> fields();

  /** Names of an array's values; empty if the file has none. */
  List<String> valueNames();

  /**
   * The next record: a value for each field, a {@link List} for an array of numbers; null after the
   * last.
   *
   * @throws IOException when the file cannot be read on
   */
  @Nullable List<@Nullable Object> next() throws IOException;

  /**
   * A kind of table file that not every build can read. Implementations are found as services
   * ({@link java.util.ServiceLoader}).
   */
  interface Format {
    /** Ending of the files' names, lower case, with the dot. */
    String ending();

    /**
     * Opens a file.
     *
     * @param file on any Beam file system
     * @throws IOException when it is no such file, or cannot be read
     */
    TableRecords open(String file) throws IOException;
  }
}
