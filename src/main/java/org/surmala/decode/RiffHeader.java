package org.surmala.decode;

import org.surmala.failure.SongException;

/**
 * What a WAV file's header says of its size, which FFmpeg silently corrects.
 *
 * @param dataStart offset of the first sample; -1 when no data chunk was found
 * @param dataBytes that the header promises; -1 when it says that it does not know
 * @param tooSmall whether sound goes on after the data chunk's end: what follows is no chunk
 */
record RiffHeader(long dataStart, long dataBytes, boolean tooSmall) {
  private static final int MAX_CHUNKS = 1000;
  private static final int DATA = 0x64617461;

  /** Writers that cannot seek back leave about so much: 0x7ffff000, 0x7fffffff, 0xffffffff. */
  private static final long UNKNOWN_FROM = 0x7ffff000L;

  /** Goes from chunk to chunk. */
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

  /** Four printable letters and a size that ends in the file, or nearly. */
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
