package org.surmala.decode;

import org.surmala.failure.SongException;

/**
 * The size in a WAV file's header, which FFmpeg silently corrects.
 *
 * @param dataStart offset of the first sample; -1 without a data chunk
 * @param dataBytes size in the header; -1 if it is marked as unknown
 * @param tooSmall whether audio continues after the end of the data chunk, where no chunk follows
 */
record RiffHeader(long dataStart, long dataBytes, boolean tooSmall) {
  private static final int MAX_CHUNKS = 1000;
  private static final int DATA = 0x64617461;

  /** Sizes that writers leave if they cannot seek back: 0x7ffff000, 0x7fffffff, 0xffffffff. */
  private static final long UNKNOWN_FROM = 0x7ffff000L;

  /** Reads the chunks. */
  static RiffHeader of(ByteWindow bytes, long start) throws SongException {
    long at = start + 12;
    for (int i = 0; i < MAX_CHUNKS && bytes.has(at, 8); i++) {
      long size = Integer.reverseBytes(bytes.intAt(at + 4)) & 0xffffffffL;
      long next = at + 8 + size + (size & 1);
      if (bytes.intAt(at) == DATA) {
        boolean unknown = size == 0 || size >= UNKNOWN_FROM;
        boolean more = !unknown && next + 8 < bytes.size();
        return new RiffHeader(at + 8, unknown ? -1 : size, more && !isChunk(bytes, next));
      }
      at = next;
    }
    return new RiffHeader(-1, -1, false);
  }

  /**
   * Whether a chunk starts here: four printable letters, and a size that ends in or near the file.
   */
  private static boolean isChunk(ByteWindow bytes, long at) throws SongException {
    if (!bytes.has(at, 8)) {
      return false;
    }
    for (int i = 0; i < 4; i++) {
      if (bytes.at(at + i) < ' ' || bytes.at(at + i) > '~') {
        return false;
      }
    }
    long size = Integer.reverseBytes(bytes.intAt(at + 4)) & 0xffffffffL;
    return at + 8 + size <= bytes.size() + 1;
  }
}
