package org.surmala.watch;

import java.io.IOException;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.beam.sdk.Pipeline;
import org.jspecify.annotations.Nullable;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;

/**
 * The songs that a log announces, on their way to the folder that a watch polls. What was announced
 * is kept in the data folder, so that a watch knows its songs when the log has forgotten them; and
 * how far the log was read follows from what is kept, so that no message is lost by any death.
 *
 * @param log that announces
 * @param arrivals what it has announced
 */
record AnnouncedSongs(MessageLog.Opened log, MessageInbox arrivals) {
  /**
   * Finds the log of a topic.
   *
   * @param data the data folder, absolute, ending in a slash
   * @throws UsageException when this program has nothing to read it with, or there is no such log
   */
  static AnnouncedSongs of(SongSource.Topic topic, String data) {
    MessageLog kind = find(topic.place());
    if (kind == null) {
      throw new UsageException(
          topic.described()
              + ": this build does not read Kafka; build it with mvn -q -B -Dlauncher -DskipTests"
              + " -Pkafka package");
    }
    try {
      MessageLog.Opened log = kind.open(topic.place());
      return new AnnouncedSongs(log, new MessageInbox(data + "arrivals/" + log.name() + "/"));
    } catch (IOException e) {
      throw new UsageException(topic.described() + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable MessageLog find(String place) {
    for (MessageLog kind :
        ServiceLoader.load(MessageLog.class, MessageLog.class.getClassLoader())) {
      if (place.startsWith(kind.scheme() + "://")) {
        return kind;
      }
    }
    return null;
  }

  /** Applies the stages from the log to the data folder, from where it was read to. */
  void build(Pipeline pipeline) throws IOException {
    arrivals.compact();
    Map<Integer, Long> next = arrivals.next(log.id());
    pipeline.apply("Announced", log.from(next)).apply("WriteMessages", WriteMessages.in(arrivals));
  }
}
