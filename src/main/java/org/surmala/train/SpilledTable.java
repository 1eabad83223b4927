package org.surmala.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.surmala.io.DiskFullMessage;
import org.surmala.model.TrainingRows;

/**
 * A table in a temporary file. The file is unlinked after opening, if the system allows it, so that
 * a killed process leaves nothing behind.
 *
 * <p>Not safe for use by several threads.
 */
final class SpilledTable implements TrainingRows, AutoCloseable {
  /** Adjacent rows that are read together. */
  private static final int BLOCK_ROWS = 128;

  private final FileChannel file;
  private final int columns;
  private final List<SpilledTable> derived = new ArrayList<>();
  private final ByteBuffer block;
  private int rows;

  private IntUnaryOperator songs = row -> row;

  /** Position of each row in the file; null if the rows are in order. */
  private int @org.jspecify.annotations.Nullable [] positions;

  private int blockFirst = -1;
  private int blockRows;

  /** An empty table. */
  SpilledTable(int columns) throws IOException {
    this.columns = columns;
    Path path = Files.createTempFile("surmala-", ".rows");
    file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    block =
        ByteBuffer.allocateDirect(Math.multiplyExact(BLOCK_ROWS * Float.BYTES, columns))
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Appends whole rows of little-endian floats. */
  void append(ByteBuffer values) throws IOException {
    rows = Math.addExact(rows, values.remaining() / (columns * Float.BYTES));
    try {
      while (values.hasRemaining()) {
        file.write(values);
      }
    } catch (IOException e) {
      throw DiskFullMessage.named(System.getProperty("java.io.tmpdir", ""), e);
    }
  }

  /** Reorders the table: row r becomes the one that was appended as number {@code order[r]}. */
  void arrange(int[] order) {
    positions = order;
    rows = order.length;
  }

  void assign(IntUnaryOperator songOfRow) {
    songs = songOfRow;
  }

  @Override
  public int songOf(int row) {
    return songs.applyAsInt(row);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void read(int row, float[] into, int offset) {
    int[] order = positions;
    int position = order == null ? row : order[row];
    if (position < blockFirst || position >= blockFirst + blockRows || blockFirst < 0) {
      // Reading ahead helps only if rows are in order.
      load(position, order == null ? Math.min(BLOCK_ROWS, rows - position) : 1);
    }
    block.position((position - blockFirst) * columns * Float.BYTES);
    block.asFloatBuffer().get(into, offset, columns);
  }

  private void load(int first, int count) {
    block.clear().limit(count * columns * Float.BYTES);
    long at = (long) first * columns * Float.BYTES;
    try {
      while (block.hasRemaining()) {
        int length = file.read(block, at + block.position());
        if (length < 0) {
          throw new IOException("a file of training rows ends before row " + first);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    blockFirst = first;
    blockRows = count;
  }

  /** The mapped table, in its own file, which is closed with this one. */
  @Override
  public TrainingRows mapped(int width, RowMap map) {
    try {
      SpilledTable table = new SpilledTable(width);
      table.assign(songs);
      derived.add(table);
      float[] row = new float[columns];
      float[] results = new float[BLOCK_ROWS * width];
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(results.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int first = 0; first < rows; first += BLOCK_ROWS) {
        int count = Math.min(BLOCK_ROWS, rows - first);
        for (int r = 0; r < count; r++) {
          read(first + r, row, 0);
          map.apply(first + r, row, results, r * width);
        }
        bytes.clear();
        bytes.asFloatBuffer().put(results, 0, count * width);
        table.append(bytes.limit(count * width * Float.BYTES));
      }
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (SpilledTable table : derived) {
      table.close();
    }
    file.close();
  }
}
