package org.surmala.watch;

import java.util.HashMap;
import java.util.Map;
import org.surmala.schema.SongFile;

/**
 * Decides which files are still being copied. A file is complete when its size and modification
 * time are the same as in the last poll.
 */
final class GrowingFiles {
  private final Map<String, SongFile> lastPoll;
  private final Map<String, SongFile> growing = new HashMap<>();

  /**
   * @param lastPoll files that were new or changed in the last poll, by path
   */
  GrowingFiles(Map<String, SongFile> lastPoll) {
    this.lastPoll = lastPoll;
  }

  /**
   * Whether a new or changed file is complete; an incomplete one is compared again in the next
   * poll.
   */
  boolean isWhole(SongFile file) {
    SongFile before = lastPoll.get(file.getUri());
    boolean isWhole = before != null && sameBytes(before, file);
    if (!isWhole) {
      growing.put(file.getUri(), file);
    }
    return isWhole;
  }

  /** The incomplete files, by path. */
  Map<String, SongFile> files() {
    return growing;
  }

  /** Whether two files are assumed to have the same bytes: size and modification time are equal. */
  static boolean sameBytes(SongFile one, SongFile other) {
    return one.getSize() == other.getSize() && one.getModified() == other.getModified();
  }
}
