package org.surmala.watch;

import java.io.IOException;
import java.util.Set;
import org.surmala.schema.ModelVersion;

/**
 * What readers may have seen before a stage began: all that the history and the model versions held
 * then. Results that lack some of it must wait. A stage lacks it after a start without state and
 * after one from a checkpoint, until the history has been followed again.
 *
 * @param songs ids of the songs that the history held
 * @param version number of the last model version; 0 for none
 */
record PublishedWatermark(Set<String> songs, int version) {

  /**
   * As of now.
   *
   * @param table has followed the history
   */
  static PublishedWatermark of(WatchConfig config, LiveTable table) throws IOException {
    ModelVersion last = config.versions().last();
    return new PublishedWatermark(Set.copyOf(table.ids()), last == null ? 0 : last.getNumber());
  }

  /** Whether a table has come as far. */
  boolean areReached(LiveTable table) {
    ModelVersion now = table.version();
    return (now == null ? 0 : now.getNumber()) >= version
        && (version == 0 || table.unassigned().stream().noneMatch(songs::contains));
  }
}
