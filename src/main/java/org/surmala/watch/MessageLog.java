package org.surmala.watch;

import java.io.IOException;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.surmala.schema.LogMessage;

/**
 * A kind of log that songs are announced in: partitions of messages in order, each of which says a
 * path or URI and can be read again by its offset. Implementations are found as services ({@link
 * java.util.ServiceLoader}); they are not in every build.
 */
public interface MessageLog {
  /** What places of this kind begin with, before {@code ://}. */
  String scheme();

  /**
   * Finds a log.
   *
   * @param place as it was typed
   * @throws IOException when the place is not of the form that this kind of log has, or there is no
   *     such log; the message says what to give instead
   */
  Opened open(String place) throws IOException;

  /** A log that is there. */
  interface Opened {
    /** A name for files, the same for the same place; a log made anew in its place shares it. */
    String name();

    /** Identity; a log made anew has another. */
    String id();

    /** Number of partitions, each of which has a reader that waits for messages. */
    int partitions();

    /**
     * Reads what was announced and whatever will be.
     *
     * @param next the offset to begin at by partition; others begin at their beginning
     */
    PTransform<PBegin, PCollection<LogMessage>> from(Map<Integer, Long> next);
  }
}
