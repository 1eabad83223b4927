package org.surmala.decode;

import org.surmala.failure.SongException;

/** The duration in an ASF (WMA) header; FFmpeg loses it if the file is truncated. */
final class AsfHeader {
  private static final int MAX_HEADER = 1 << 16;

  /** File Properties Object, ASF specification 3.2. */
  private static final int[] FILE_PROPERTIES = {0xa1dcab8c, 0x47a9cf11, 0x8ee400c0, 0x0c205365};

  private AsfHeader() {}

  /** The duration in seconds; -1 if the header has none. */
  static double seconds(ByteWindow bytes, long start) throws SongException {
    for (long at = start + 30; at < start + MAX_HEADER && bytes.has(at, 104); at++) {
      if (bytes.intAt(at) == FILE_PROPERTIES[0]
          && bytes.intAt(at + 4) == FILE_PROPERTIES[1]
          && bytes.intAt(at + 8) == FILE_PROPERTIES[2]
          && bytes.intAt(at + 12) == FILE_PROPERTIES[3]) {
        double played = little(bytes, at + 64) / 1e7;
        double preroll = little(bytes, at + 80) / 1e3;
        return played > preroll ? played - preroll : -1;
      }
    }
    return -1;
  }

  private static long little(ByteWindow bytes, long at) {
    long low = Integer.reverseBytes(bytes.intAt(at)) & 0xffffffffL;
    return (long) Integer.reverseBytes(bytes.intAt(at + 4)) << 32 | low;
  }
}
