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
 * A CSV file with a header line, in UTF-8 by RFC 4180, on any Beam file system. Its texts are
 * {@link SpreadsheetText}.
 */
public final class CsvFile {
  private static final CSVFormat FORMAT = CSVFormat.RFC4180;
  private static final CSVFormat WITH_HEADER =
      FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();

  private CsvFile() {}

  /** Writes the rows of a file. */
  @FunctionalInterface
  public interface Rows {
    void print(Printer csv) throws IOException;
  }

  /** Prints cells: texts, numbers, truth values, and null for an empty cell. */
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
   * @param folder on any Beam file system, ending in a slash; made when it is not there
   * @param name of the file, without a path
   */
  public static void write(String folder, String name, List<String> columns, Rows rows)
      throws IOException {
    ChecksummedFile.write(folder, name, content(columns, rows));
  }

  /** Writes a file that is its reader's to change: it has no checksum. */
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
   * Reads every row, in the file's order.
   *
   * @throws DamagedFileException when its checksum says that it is not as it was written
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
