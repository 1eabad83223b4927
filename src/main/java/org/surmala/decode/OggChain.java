package org.surmala.decode;

import java.util.HashSet;
import java.util.Set;
import org.surmala.failure.SongException;

/**
 * Detects chained Ogg files (RFC 3533, section 4): several streams one after another, as in
 * recordings of internet radio. Each stream's time stamps restart, so they do not give positions in
 * the whole file.
 */
final class OggChain {
  /** {@code OggS}. */
  private static final int PAGE = 0x4f676753;

  private static final int HEADER_BYTES = 27;
  private static final int FIRST_OF_STREAM = 2;

  /** Largest page, including header and segment table. */
  private static final int MAX_PAGE_BYTES = HEADER_BYTES + 255 + 255 * 255;

  private OggChain() {}

  /** Whether the last page belongs to no stream that starts at the beginning of the file. */
  static boolean in(ByteWindow bytes, long start) throws SongException {
    Set<Integer> streams = new HashSet<>();
    long at = start;
    while (isPage(bytes, at) && (bytes.at(at + 5) & FIRST_OF_STREAM) != 0) {
      streams.add(bytes.intAt(at + 14));
      int segments = bytes.at(at + 26);
      if (!bytes.has(at + HEADER_BYTES, segments)) {
        break;
      }
      long next = at + HEADER_BYTES + segments;
      for (int i = 0; i < segments; i++) {
        next += bytes.at(at + HEADER_BYTES + i);
      }
      at = next;
    }
    long first = Math.max(at, bytes.size() - MAX_PAGE_BYTES);
    for (long last = bytes.size() - HEADER_BYTES; last >= first; last--) {
      if (isPage(bytes, last)) {
        return !streams.isEmpty() && !streams.contains(bytes.intAt(last + 14));
      }
    }
    return false;
  }

  private static boolean isPage(ByteWindow bytes, long at) throws SongException {
    return bytes.has(at, HEADER_BYTES) && bytes.intAt(at) == PAGE && bytes.at(at + 4) == 0;
  }
}
