package org.surmala.watch;

import java.io.IOException;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.surmala.schema.LogMessage;

/**
 * A kind of message log that announces songs, such as Kafka: partitions of ordered messages, each
 * with a path or URI, readable again from an offset. Implementations are found by {@link
 * java.util.ServiceLoader}; not every build has them.
 */
public interface MessageLog {
  /** The URI scheme of this kind of log, the part before {@code ://}. */
  String scheme();

  /**
   * Opens a log.
   *
   * @param place its URI, as typed
   * @throws IOException if the URI has the wrong form, or the log does not exist; the message says
   *     what to give instead
   */
  Opened open(String place) throws IOException;

  /** An existing log. */
  interface Opened {
    /**
     * A name for files, the same for the same URI; a log that is created again has the same name.
     */
    String name();

    /** Identity; a log that is created again has another. */
    String id();

    /** Number of partitions; each has a reader that waits for messages. */
    int partitions();

    /**
     * Reads all messages, past and future.
     *
     * @param next the offset to start at, by partition; other partitions start at their beginning
     */
    PTransform<PBegin, PCollection<LogMessage>> from(Map<Integer, Long> next);
  }
}
