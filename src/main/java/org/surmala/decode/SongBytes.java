package org.surmala.decode;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
import org.surmala.io.WholeFile;

/**
 * The bytes of a song on any Beam file system, with random access. If the file system's channel can
 * seek, only requested bytes are read; otherwise seeking back opens the file again. Another thread
 * may close it, which ends a blocked read.
 */
final class SongBytes implements AutoCloseable {
  private final ResourceId resource;
  private final long size;
  private volatile ReadableByteChannel channel;
  private volatile boolean closed;
  private long position;
  private long bytesRead;

  SongBytes(ResourceId resource, ReadableByteChannel channel, long size) {
    this.resource = resource;
    this.channel = channel;
    this.size = size;
  }

  /**
   * Opens the song's file.
   *
   * @throws SongException if it is gone, a folder, or cannot be read
   */
  static SongBytes open(String uri) throws SongException {
    ResourceId resource;
    try {
      resource = PathText.file(uri);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new SongException(
          FailureCode.UNREADABLE, "no file system for this name: " + e.getMessage(), e);
    }
    try {
      ReadableByteChannel channel = WholeFile.open(resource);
      boolean done = false;
      try {
        long size =
            channel instanceof SeekableByteChannel seekable
                ? seekable.size()
                : FileSystems.matchSingleFileSpec(uri).sizeBytes();
        done = true;
        return new SongBytes(resource, channel, size);
      } finally {
        if (!done) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw explain(uri, e);
    }
  }

  private static SongException explain(String uri, IOException cause) {
    // Beam's local file system reports a folder, or a file without permission, as missing.
    if (!RemoteFiles.isRemote(uri)) {
      Path path = PathText.toPath(uri);
      if (Files.isDirectory(path)) {
        return new SongException(
            FailureCode.IS_DIRECTORY,
            "a folder, not a song; rename it so that it does not have the extension of an audio"
                + " file",
            cause);
      }
      if (Files.exists(path)) {
        return new SongException(
            FailureCode.UNREADABLE,
            "cannot be opened; allow reading: " + cause.getMessage(),
            cause);
      }
    }
    if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
      return new SongException(
          FailureCode.VANISHED, "gone between listing and decoding; run again", cause);
    }
    if (cause instanceof AccessDeniedException) {
      return new SongException(FailureCode.UNREADABLE, "permission denied; allow reading", cause);
    }
    return new SongException(
        FailureCode.UNREADABLE, "cannot be opened: " + cause.getMessage(), cause);
  }

  /** Size in bytes, as of opening. */
  long size() {
    return size;
  }

  /** Number of bytes read so far. */
  long bytesRead() {
    return bytesRead;
  }

  /**
   * Reads bytes.
   *
   * @param offset offset in the file
   * @return number of bytes read; fewer than requested only at the end of the file
   */
  int read(long offset, byte[] into, int start, int length) throws IOException {
    if (offset >= size || length == 0) {
      return 0;
    }
    go(offset);
    ByteBuffer buffer = ByteBuffer.wrap(into, start, length);
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer);
      if (count < 0) {
        break;
      }
      position += count;
    }
    bytesRead += length - buffer.remaining();
    return length - buffer.remaining();
  }

  private void go(long offset) throws IOException {
    if (position == offset) {
      return;
    }
    if (channel instanceof SeekableByteChannel seekable) {
      seekable.position(offset);
      position = offset;
      return;
    }
    if (offset < position) {
      channel.close();
      channel = WholeFile.open(resource);
      position = 0;
      if (closed) {
        channel.close();
      }
    }
    ByteBuffer skipped = ByteBuffer.allocate(1 << 16);
    while (position < offset) {
      skipped.clear().limit((int) Math.min(skipped.capacity(), offset - position));
      int count = channel.read(skipped);
      if (count < 0) {
        throw new IOException("the file ends at " + position + " of " + size + " bytes");
      }
      position += count;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    channel.close();
  }
}
