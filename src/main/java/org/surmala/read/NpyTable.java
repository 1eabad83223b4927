package org.surmala.read;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.surmala.io.FolderFiles;
import org.surmala.io.WholeFile;

/**
 * Reads a matrix in NumPy's format: songs × values, float32 or float64 in C order. The songs of the
 * rows are in {@code <name>.songs.csv} beside it, row by row, as {@code surmala features} writes
 * them; without that file the id of a row is its number, from 0.
 */
final class NpyTable implements FeatureRows {
  private static final String SONGS = ".songs.csv";
  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MOST_HEADER = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr': *'([<>|=])([a-z])([0-9]+)'");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9]+), *([0-9]+),?\\)");
  private static final Pattern C_ORDER = Pattern.compile("'fortran_order': *False");

  private final String file;
  private final InputStream in;
  private final @Nullable UserTable songs;
  private final ByteBuffer row;
  private final boolean isDouble;
  private final long rows;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final Set<String> values = new LinkedHashSet<>();
  private long read;

  private NpyTable(
      String file, InputStream in, @Nullable UserTable songs, String idColumn, String header)
      throws IOException {
    this.file = file;
    this.in = in;
    this.songs = songs;
    Matcher type = TYPE.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find()
        || !type.group(2).equals("f")
        || !(type.group(3).equals("4") || type.group(3).equals("8"))
        || !shape.find()
        || !C_ORDER.matcher(header).find()) {
      throw new IOException(
          file
              + ": is "
              + header.strip()
              + "; a table of features has two axes, float32 or float64 and C order; save it with"
              + " numpy.save(file, numpy.ascontiguousarray(array, dtype=numpy.float32))");
    }
    isDouble = type.group(3).equals("8");
    rows = Long.parseLong(shape.group(1));
    int width = Integer.parseInt(shape.group(2));
    row =
        ByteBuffer.allocate(Math.multiplyExact(width, isDouble ? Double.BYTES : Float.BYTES))
            .order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (String column : songs == null ? List.of(idColumn) : songs.columns()) {
      columns.put(column, columns.size());
    }
    int digits = Integer.toString(Math.max(0, width - 1)).length();
    for (int i = 0; i < width; i++) {
      String name = String.format(Locale.ROOT, "value_%0" + digits + "d", i);
      columns.put(name, columns.size());
      values.add(name);
    }
  }

  static NpyTable open(String file, String idColumn) throws IOException {
    String beside = file + SONGS;
    InputStream in = new BufferedInputStream(WholeFile.open(file), 1 << 16);
    UserTable songs = null;
    try {
      String header = header(file, in);
      songs = FolderFiles.find(beside) == null ? null : UserTable.open(beside, idColumn);
      return new NpyTable(file, in, songs, idColumn, header);
    } catch (IOException e) {
      in.close();
      if (songs != null) {
        songs.close();
      }
      throw e;
    }
  }

  private static String header(String file, InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException(file + ": is not an array in NumPy's format; save it with numpy.save");
    }
    byte[] size = in.readNBytes(start[MAGIC.length] == 1 ? 2 : 4);
    int length = 0;
    for (int i = size.length - 1; i >= 0; i--) {
      length = (length << 8) | (size[i] & 0xff);
    }
    if (length < 0 || length > MOST_HEADER) {
      throw new IOException(file + ": is not an array in NumPy's format; save it with numpy.save");
    }
    return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  @Override
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  @Override
  public Set<String> values() {
    return values;
  }

  @Override
  public void require(String column, String asked) throws IOException {
    if (songs != null) {
      songs.require(column, asked);
    } else if (!columns.containsKey(column)) {
      throw new IOException(
          ("%s has no column '%s' as %s says; put it into %s%s, with the columns id,"
                  + " language and more, a line for each row")
              .formatted(file, column, asked, file, SONGS));
    }
  }

  @Override
  public @Nullable TableRow next() throws IOException {
    TableRow song = songs == null ? null : songs.next();
    if (songs != null && (song == null) != (read == rows)) {
      throw new IOException(
          "%s has %s rows and %s%s%s; give it a line for each row"
              .formatted(file, rows, file, SONGS, song == null ? " only " + read : " more"));
    }
    if (read == rows) {
      return null;
    }
    if (in.readNBytes(row.array(), 0, row.capacity()) < row.capacity()) {
      throw new EOFException(
          file + ": ends in row " + read + " of " + rows + "; copy or save it again");
    }
    List<String> cells = new ArrayList<>(columns.size());
    if (songs == null) {
      cells.add(Long.toString(read));
    } else {
      for (String column : songs.columns()) {
        cells.add(song == null ? "" : song.cell(column));
      }
    }
    for (int i = 0; i < values.size(); i++) {
      cells.add(
          isDouble
              ? Double.toString(row.getDouble(i * Double.BYTES))
              : Float.toString(row.getFloat(i * Float.BYTES)));
    }
    read++;
    return TableRow.of(columns, cells, read, song == null ? null : song.fault());
  }

  @Override
  public void close() throws IOException {
    in.close();
    if (songs != null) {
      songs.close();
    }
  }
}
