package org.surmala.io;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file (RFC 4180, UTF-8) with a header line, on any Beam file system. Texts are escaped by
 * {@link SpreadsheetText}.
 */
public final class CsvFile {
  private static final CSVFormat FORMAT = CSVFormat.RFC4180;
  private static final CSVFormat WITH_HEADER =
      FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();

  private CsvFile() {}

  /** The columns of a header line without quotes. */
  public static List<String> columns(String header) {
    return List.of(header.split(",", -1));
  }

  /** Writes the rows of a file. */
  @FunctionalInterface
  public interface Rows {
    void print(Printer csv) throws IOException;
  }

  /** Prints cells: texts, numbers, booleans, and null for an empty cell. */
  public static final class Printer {
    private final CSVPrinter csv;

    private Printer(CSVPrinter csv) {
      this.csv = csv;
    }

    /** Prints a cell. */
    public void print(@Nullable Object cell) throws IOException {
      csv.print(cell instanceof CharSequence text ? SpreadsheetText.cell(text.toString()) : cell);
    }

    /** Ends a row. */
    public void println() throws IOException {
      csv.println();
    }

    /** Prints a row. */
    public void printRecord(@Nullable Object... cells) throws IOException {
      for (Object cell : cells) {
        print(cell);
      }
      println();
    }
  }

  /**
   * Writes a file that the program reads back, with its checksum.
   *
   * @param folder folder on any Beam file system, ending in a slash; created if needed
   * @param name file name, without a path
   */
  public static void write(String folder, String name, List<String> columns, Rows rows)
      throws IOException {
    ChecksummedFile.write(folder, name, content(columns, rows));
  }

  /** Writes a file that users may edit, without a checksum. */
  public static void writeEditable(String folder, String name, List<String> columns, Rows rows)
      throws IOException {
    WholeFile.write(folder, name, content(columns, rows));
  }

  private static WholeFile.Content content(List<String> columns, Rows rows) {
    return out -> {
      Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      CSVPrinter csv = new CSVPrinter(writer, FORMAT);
      csv.printRecord(columns);
      rows.print(new Printer(csv));
      csv.flush();
    };
  }

  /**
   * Reads all rows, in the file's order.
   *
   * @throws DamagedFileException if the file does not match its checksum
   */
  public static List<CsvRow> read(String file) throws IOException {
    try (Reader reader = new InputStreamReader(ChecksummedFile.open(file), StandardCharsets.UTF_8);
        CSVParser rows = CSVParser.builder().setReader(reader).setFormat(WITH_HEADER).get()) {
      return rows.stream().map(CsvRow::new).toList();
    } catch (UncheckedIOException malformed) {
      throw new IOException(
          file + ": not a readable CSV file: " + malformed.getMessage(), malformed);
    }
  }
}
