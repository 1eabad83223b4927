package org.surmala.decode;

import java.io.IOException;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/** A buffered sequential view of a song's bytes, with short lookahead. */
final class ByteWindow {
  private static final int BYTES = 1 << 18;

  /** Bytes kept behind the position, so that lookahead does not lose it. */
  private static final int BEHIND = 1 << 14;

  private final SongBytes bytes;
  private final Deadline deadline;
  private final byte[] buffer = new byte[BYTES];
  private long start;
  private int length;

  ByteWindow(SongBytes bytes, Deadline deadline) {
    this.bytes = bytes;
    this.deadline = deadline;
  }

  long size() {
    return bytes.size();
  }

  /** Makes up to 65,536 bytes available; false if the file has fewer from the offset on. */
  boolean has(long offset, int count) throws SongException {
    if (offset < 0 || offset + count > bytes.size()) {
      return false;
    }
    if (offset < start || offset + count > start + length) {
      deadline.check();
      try {
        start = Math.max(0, offset - BEHIND);
        length = bytes.read(start, buffer, 0, BYTES);
      } catch (IOException e) {
        length = 0;
        deadline.check();
        throw new SongException(FailureCode.UNREADABLE, "reading failed: " + e.getMessage(), e);
      }
    }
    return offset + count <= start + length;
  }

  /** The byte at an offset that {@link #has} made available, 0 to 255. */
  int at(long offset) {
    return buffer[(int) (offset - start)] & 0xff;
  }

  /** Four bytes, big-endian. */
  int intAt(long offset) {
    return at(offset) << 24 | at(offset + 1) << 16 | at(offset + 2) << 8 | at(offset + 3);
  }

  /** The array that holds the available bytes. */
  byte[] array() {
    return buffer;
  }

  /** Index of an available byte in {@link #array}. */
  int indexOf(long offset) {
    return (int) (offset - start);
  }
}
