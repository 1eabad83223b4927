package org.surmala.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV table that a user wrote, with a header line: a feature table or a metadata.csv. The
 * encoding is UTF-8 or that of the byte order mark; the delimiter is a comma, semicolon or tab, or
 * that of a line {@code sep=} before the header. Column names are trimmed, columns without a name
 * are ignored, and empty rows are skipped. A malformed row has a {@link TableRow#fault()}; a fault
 * of the whole file is an {@link IOException} that names the file, the line as editors count it,
 * and the remedy.
 */
public final class UserTable implements FeatureRows {
  private static final int HEAD_CHARACTERS = 1 << 16;
  private static final char[] DELIMITERS = {',', ';', '\t'};
  private static final Pattern SEPARATOR_LINE =
      Pattern.compile("\"?sep=([^\"\\r\\n])\"?[,;\\t]*\\R", Pattern.CASE_INSENSITIVE);
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final String file;
  private final String wanted;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final List<Integer> unnamed = new ArrayList<>();
  private final long linesBefore;
  private int headerCells;
  private int lastNamed;
  private int width;
  private long rows;

  private UserTable(String file, BufferedReader text, String wanted) throws IOException {
    this.file = file;
    this.wanted = wanted;
    text.mark(HEAD_CHARACTERS);
    char[] characters = new char[HEAD_CHARACTERS];
    int length = 0;
    for (int read = 0; read >= 0 && length < characters.length; ) {
      length += read;
      read = text.read(characters, length, characters.length - length);
    }
    text.reset();
    String head = new String(characters, 0, length);
    Matcher separator = SEPARATOR_LINE.matcher(head);
    boolean isNamed = separator.lookingAt();
    linesBefore = isNamed ? 1 : 0;
    CSVFormat format = isNamed ? format(separator.group(1).charAt(0), head) : format(head, wanted);
    if (isNamed) {
      text.readLine();
    }
    parser = CSVParser.builder().setReader(text).setFormat(format).get();
    records = parser.iterator();
  }

  /**
   * Opens a table and reads its header.
   *
   * @param file file on any Beam file system
   * @param wanted a column that decides between several possible delimiters
   * @throws IOException if the file is not a CSV table
   */
  public static UserTable open(String file, String wanted) throws IOException {
    try {
      return open(file, EncodedText.open(file), wanted);
    } catch (CharacterCodingException malformed) {
      throw encodingFault(file, wanted, malformed);
    }
  }

  private static UserTable open(String file, BufferedReader text, String wanted)
      throws IOException {
    try {
      UserTable table = new UserTable(file, text, wanted);
      table.readHeader();
      return table;
    } catch (IOException e) {
      text.close();
      throw e;
    }
  }

  private static CSVFormat format(String head, String wanted) {
    CSVFormat best = format(DELIMITERS[0], head);
    int most = 0;
    for (char delimiter : DELIMITERS) {
      CSVFormat format = format(delimiter, head);
      List<String> names = header(head, format).stream().map(CellParser::trim).toList();
      if (names.contains(wanted)) {
        return format;
      }
      if (names.size() > most) {
        best = format;
        most = names.size();
      }
    }
    return best;
  }

  /** If header names have a leading blank, cells and their quotes may have one too. */
  private static CSVFormat format(char delimiter, String head) {
    CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
    boolean hasBlanks = header(head, format).stream().anyMatch(name -> name.startsWith(" "));
    return format.builder().setIgnoreSurroundingSpaces(hasBlanks).get();
  }

  private static List<String> header(String head, CSVFormat format) {
    String text = SEPARATOR_LINE.matcher(head).replaceFirst("").replaceFirst("^[\\r\\n]+", "");
    try (CSVParser parser =
        CSVParser.builder().setReader(new StringReader(text)).setFormat(format).get()) {
      Iterator<CSVRecord> records = parser.iterator();
      return records.hasNext() ? records.next().toList() : List.of();
    } catch (IOException | UncheckedIOException malformed) {
      return List.of();
    }
  }

  private void readHeader() throws IOException {
    TableRow header = next();
    if (header == null) {
      throw new IOException(file + ": is empty; its first line must name the columns");
    }
    if (header.fault() != null) {
      throw new IOException(file + ": " + header.fault());
    }
    rows = 0;
    headerCells = header.cells.length;
    for (int c = 0; c < headerCells; c++) {
      String name = CellParser.trim(header.cells[c]);
      if (name.indexOf('\0') >= 0) {
        throw new IOException(
            file + ": line " + header.line() + " has zero bytes; save it as CSV in UTF-8");
      }
      if (name.isEmpty()) {
        unnamed.add(c + 1);
        continue;
      }
      Integer before = columns.putIfAbsent(name, c);
      if (before != null) {
        throw new IOException(
            "%s: line %s names two columns '%s' (columns %s and %s); rename or remove one"
                .formatted(file, header.line(), name, before + 1, c + 1));
      }
      lastNamed = c;
    }
    width = headerCells;
  }

  /** Trimmed names of the columns, in the file's order, without unnamed columns. */
  @Override
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /** Notes on the table's shape for readers of the results, one line each. */
  @Override
  public List<String> notes() {
    return unnamed.isEmpty()
        ? List.of()
        : List.of("left out because they have no name: columns " + unnamed);
  }

  /**
   * Checks that a column exists.
   *
   * @param asked the option or purpose that needs it
   * @throws IOException if it does not exist
   */
  @Override
  public void require(String column, String asked) throws IOException {
    if (!columns.containsKey(column)) {
      throw new IOException(
          file
              + " has no column '"
              + column
              + "' as "
              + asked
              + " says; its columns are "
              + columns()
              + NameSuggestion.question(column, columns.keySet()));
    }
  }

  /**
   * The next row with a filled cell; null after the last.
   *
   * @throws IOException if the file cannot be read further
   */
  @Override
  public @Nullable TableRow next() throws IOException {
    while (true) {
      long line = linesBefore + parser.getCurrentLineNumber() + 1;
      try {
        if (!records.hasNext()) {
          return null;
        }
        String[] cells = records.next().values();
        long lastLine = linesBefore + parser.getCurrentLineNumber();
        if (!isBlank(cells)) {
          rows++;
          return new TableRow(columns, cells, rows, line, shapeFault(cells, line, lastLine));
        }
      } catch (UncheckedIOException malformed) {
        return faulty(line, Objects.requireNonNull(malformed.getCause()));
      }
    }
  }

  private TableRow faulty(long line, IOException malformed) throws IOException {
    if (malformed instanceof CharacterCodingException) {
      throw encodingFault(file, wanted, malformed);
    }
    if (!(malformed instanceof CSVException)) {
      throw new IOException(file + ": line " + line + ": " + malformed.getMessage(), malformed);
    }
    if (!records.hasNext()) {
      throw new IOException(
          file
              + ": line "
              + line
              + " opens a quote (\") that is never closed; close it, or double each quote within a"
              + " text",
          malformed);
    }
    records.next(); // The rest of the same line.
    rows++;
    return new TableRow(
        columns,
        new String[0],
        rows,
        line,
        "line "
            + line
            + ": text follows a closing quote (\"); put the whole cell in quotes, and double"
            + " each quote within");
  }

  private static boolean isBlank(String[] cells) {
    for (String cell : cells) {
      if (!CellParser.trim(cell).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The fault in the number of cells; null for the header and for valid rows. */
  private @Nullable String shapeFault(String[] cells, long line, long lastLine) {
    if (columns.isEmpty()) {
      return null;
    }
    boolean isFirst = rows == 1;
    if (isFirst
        && cells.length == headerCells + 1
        && CellParser.trim(cells[headerCells]).isEmpty()) {
      // In such a file each row ends in a delimiter, but the header does not.
      width = cells.length;
    }
    if (cells.length > lastNamed && cells.length <= headerCells) {
      return zeroByteFault(cells, line);
    }
    if (cells.length == width && CellParser.trim(cells[headerCells]).isEmpty()) {
      return zeroByteFault(cells, line);
    }
    return "line "
        + line
        + " has "
        + cells.length
        + (cells.length == 1 ? " cell" : " cells")
        + " where the header names "
        + headerCells
        + (cells.length > headerCells
            ? ", the last being '"
                + cells[cells.length - 1]
                + "'; put a cell that has the delimiter in it in quotes"
            : "; fill in the missing cells, or remove the row")
        + (lastLine > line ? " (it goes on to line " + lastLine + ": is a quote open?)" : "");
  }

  private @Nullable String zeroByteFault(String[] cells, long line) {
    for (Map.Entry<String, Integer> column : columns.entrySet()) {
      int c = column.getValue();
      if (cells[c].indexOf('\0') >= 0) {
        return "line %s, column '%s': the cell has a zero byte; remove it"
            .formatted(line, column.getKey());
      }
    }
    return null;
  }

  /** Reads the file again, byte by byte, to find the first cell with invalid bytes. */
  private static IOException encodingFault(String file, String wanted, IOException malformed) {
    String where = "";
    try (UserTable bytes = open(file, EncodedText.openBytes(file), wanted)) {
      List<String> names = List.copyOf(bytes.columns.keySet());
      where = firstMalformed(names.toArray(new String[0]), "line 1", Map.of());
      Map<Integer, String> byIndex = new LinkedHashMap<>();
      bytes.columns.forEach((name, index) -> byIndex.put(index, name));
      for (TableRow row = bytes.next(); row != null && where.isEmpty(); row = bytes.next()) {
        where = firstMalformed(row.cells, "line " + row.line(), byIndex);
      }
    } catch (IOException unreadable) {
      malformed.addSuppressed(unreadable);
    }
    return new IOException(
        file + ": is not in UTF-8" + where + "; save it as CSV in UTF-8", malformed);
  }

  private static String firstMalformed(String[] cells, String line, Map<Integer, String> columns) {
    for (int c = 0; c < cells.length; c++) {
      byte[] bytes = cells[c].getBytes(StandardCharsets.ISO_8859_1);
      if (!new String(bytes, StandardCharsets.UTF_8).contains("\uFFFD")) {
        continue;
      }
      String column = columns.get(c);
      return ": %s%s holds '%s' as Windows-1252 (Excel's \"CSV\") writes it"
          .formatted(
              line, column == null ? "" : ", column '" + column + "'", new String(bytes, WINDOWS));
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
