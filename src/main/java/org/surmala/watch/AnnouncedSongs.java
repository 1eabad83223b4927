package org.surmala.watch;

import java.io.IOException;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.surmala.config.SongSource;

/**
 * Reads the songs that a message log announces into a folder that the watch polls. The data folder
 * keeps every message, so that the watch knows its songs after the log has deleted them. The offset
 * to resume at follows from the stored messages, so that no crash loses a message.
 */
record AnnouncedSongs(MessageLog.Opened log, MessageInbox arrivals) {
  /**
   * Finds the log of a topic.
   *
   * @param data the data folder, absolute, ending in a slash
   * @throws org.surmala.config.UsageException if this build cannot read this kind of log, or the
   *     log does not exist
   */
  static AnnouncedSongs of(SongSource.Topic topic, String data) {
    MessageLog.Opened log = MessageLog.find(topic.described(), topic.location());
    return new AnnouncedSongs(log, new MessageInbox(data + "arrivals/" + log.name() + "/"));
  }

  /** Applies the stages from the log to the data folder, resuming after the stored messages. */
  void build(Pipeline pipeline) throws IOException {
    arrivals.compact();
    Map<Integer, Long> next = arrivals.next(log.id());
    pipeline.apply("Announced", log.from(next)).apply("WriteMessages", WriteMessages.in(arrivals));
  }
}
