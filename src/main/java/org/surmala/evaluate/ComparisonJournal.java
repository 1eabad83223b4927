package org.surmala.evaluate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.avro.message.BadHeaderException;
import org.surmala.files.FullDisk;
import org.surmala.schema.ComparisonCell;

/**
 * The finished cells of a comparison, on a local file, so that a comparison that was killed goes on
 * where it was. One line for each cell: a check sum and the record. A line that was cut off by a
 * kill is left out when the journal is opened, and overwritten.
 */
final class ComparisonJournal implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final List<ComparisonCell> found;

  private ComparisonJournal(Path file, FileChannel channel, List<ComparisonCell> found) {
    this.file = file;
    this.channel = channel;
    this.found = List.copyOf(found);
  }

  /**
   * Opens a journal, or begins one. A journal of other data is begun anew.
   *
   * @param key stands for everything that a cell depends on besides its place in the grid
   */
  static ComparisonJournal open(Path file, String key) throws IOException {
    List<ComparisonCell> cells = new ArrayList<>();
    StringBuilder good = new StringBuilder(line(key.getBytes(StandardCharsets.UTF_8)));
    if (Files.exists(file)) {
      String[] lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1);
      if ((lines[0] + "\n").contentEquals(good)) {
        for (int i = 1; i < lines.length; i++) {
          byte[] record = record(lines[i]);
          if (record.length == 0) {
            break;
          }
          try {
            cells.add(ComparisonCell.fromByteBuffer(ByteBuffer.wrap(record)));
          } catch (BadHeaderException e) {
            // Written by a version with another schema: what follows is not readable either.
            break;
          }
          good.append(lines[i]).append('\n');
        }
      }
    }
    // What is good is written anew and renamed, so that a kill here loses nothing.
    Path fresh = file.resolveSibling(file.getFileName() + ".unfinished");
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(fresh, good, StandardCharsets.ISO_8859_1);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return new ComparisonJournal(
        file, FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND), cells);
  }

  /** The cells that were finished before. */
  List<ComparisonCell> found() {
    return found;
  }

  /** Adds a finished cell; when this returns, a kill does not lose it. */
  synchronized void add(ComparisonCell cell) throws IOException {
    ByteBuffer record = cell.toByteBuffer();
    byte[] bytes = new byte[record.remaining()];
    record.get(bytes);
    ByteBuffer line = ByteBuffer.wrap(line(bytes).getBytes(StandardCharsets.ISO_8859_1));
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
    } catch (IOException e) {
      throw FullDisk.named(String.valueOf(file.getParent()), e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static String line(byte[] record) {
    return Long.toHexString(checkSum(record))
        + " "
        + Base64.getEncoder().encodeToString(record)
        + "\n";
  }

  /** The record of a line; empty when the line is cut off or damaged. */
  private static byte[] record(String line) {
    int space = line.indexOf(' ');
    if (space < 0) {
      return new byte[0];
    }
    try {
      byte[] record = Base64.getDecoder().decode(line.substring(space + 1));
      return Long.toHexString(checkSum(record)).equals(line.substring(0, space))
          ? record
          : new byte[0];
    } catch (IllegalArgumentException e) {
      // Not Base64: cut off.
      return new byte[0];
    }
  }

  private static long checkSum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
