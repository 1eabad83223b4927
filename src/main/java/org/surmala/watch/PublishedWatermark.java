package org.surmala.watch;

import java.io.IOException;
import java.util.Set;
import org.surmala.schema.ModelVersion;

/**
 * Lower bound for what may be published: what readers may have seen before the stage started, that
 * is, all songs of the event log and the last model version at that time. After a start without
 * state or from a checkpoint, results must wait until the stage has processed the log again.
 *
 * @param songs ids of the songs in the event log
 * @param version number of the last model version; 0 for none
 */
record PublishedWatermark(Set<String> songs, int version) {
  /** The watermark as of now, from a table that has processed the event log. */
  static PublishedWatermark of(WatchConfig config, LiveTable table) throws IOException {
    ModelVersion last = config.versions().last();
    return new PublishedWatermark(Set.copyOf(table.ids()), last == null ? 0 : last.getNumber());
  }

  /** Whether a table has reached the watermark. */
  boolean areReached(LiveTable table) {
    ModelVersion now = table.version();
    return (now == null ? 0 : now.getNumber()) >= version
        && (version == 0 || table.unassigned().stream().noneMatch(songs::contains));
  }
}
