package org.surmala.decode;

import java.util.HashSet;
import java.util.Set;
import org.surmala.failure.SongException;

/**
 * Whether an Ogg file is several, one after another, as a recording of a net radio is: RFC 3533
 * section 4 calls it chained. The time stamps of each start again, so that no one of them tells the
 * place in the whole.
 */
final class OggChain {
  /** {@code OggS}. */
  private static final int PAGE = 0x4f676753;

  private static final int HEADER_BYTES = 27;
  private static final int FIRST_OF_STREAM = 2;

  /** A page's greatest size, its header and its lengths included. */
  private static final int MAX_PAGE_BYTES = HEADER_BYTES + 255 + 255 * 255;

  private OggChain() {}

  /** Whether the last page is of no stream that begins at the start of the file. */
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
