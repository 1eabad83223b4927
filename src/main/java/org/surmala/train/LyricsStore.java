package org.surmala.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.surmala.io.DiskFullMessage;

/**
 * The lyrics of the training set, in order of arrival: in a temporary file, like the rows of a
 * {@link SpilledTable}, because those of a million songs are gigabytes. Takes 12 bytes of memory
 * per song.
 */
final class LyricsStore implements AutoCloseable {
  private static final int NONE = -1;

  private final FileChannel file;
  private long[] starts = new long[64];
  private int[] lengths = new int[64];
  private int count;
  private long end;

  LyricsStore() throws IOException {
    Path path = Files.createTempFile("surmala-", ".lyrics");
    file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Appends the lyrics of the next song. */
  void append(@Nullable String lyrics) throws IOException {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    starts[count] = end;
    lengths[count] = NONE;
    if (lyrics != null) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(lyrics);
      lengths[count] = bytes.remaining();
      try {
        while (bytes.hasRemaining()) {
          end += file.write(bytes, end);
        }
      } catch (IOException e) {
        throw DiskFullMessage.named(System.getProperty("java.io.tmpdir", ""), e);
      }
    }
    count++;
  }

  /** The lyrics of the song with this number, in order of arrival. */
  @Nullable String get(int song) {
    if (lengths[song] == NONE) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.allocate(lengths[song]);
    try {
      while (bytes.hasRemaining()) {
        if (file.read(bytes, starts[song] + bytes.position()) < 0) {
          throw new IOException("a file of lyrics ends before song " + song);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
