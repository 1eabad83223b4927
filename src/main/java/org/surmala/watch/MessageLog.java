package org.surmala.watch;

import java.io.IOException;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.surmala.config.UsageException;
import org.surmala.schema.LogMessage;

/**
 * A kind of message log that announces songs or receives assignments, such as Kafka: partitions of
 * ordered messages, readable again from an offset. Implementations are found by {@link
 * ServiceLoader}; not every build has them.
 */
public interface MessageLog {
  /** The URI scheme of this kind of log, the part before {@code ://}. */
  String scheme();

  /**
   * Opens a log.
   *
   * @param uri as typed
   * @throws IOException if the URI has the wrong form, or the log does not exist; the message says
   *     what to give instead
   */
  Opened open(String uri) throws IOException;

  /**
   * Opens a log of any kind.
   *
   * @param described the option and the URI, as typed
   * @param uri of the log
   * @throws UsageException if this build lacks this kind of log, or the log does not exist
   */
  static Opened find(String described, String uri) {
    for (MessageLog kind :
        ServiceLoader.load(MessageLog.class, MessageLog.class.getClassLoader())) {
      if (uri.startsWith(kind.scheme() + "://")) {
        try {
          return kind.open(uri);
        } catch (IOException e) {
          throw new UsageException(described + ": " + e.getMessage(), e);
        }
      }
    }
    throw new UsageException(
        described
            + (uri.startsWith("kafka://")
                ? ": this build has no Kafka; build it with mvn -q -B -Dlauncher -DskipTests"
                    + " -Pkafka package"
                : ": give a topic as kafka://HOST:PORT/TOPIC"));
  }

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
     * Reads all messages, past and future, from the given offset of each partition; other
     * partitions start at their beginning.
     */
    PTransform<PBegin, PCollection<LogMessage>> from(Map<Integer, Long> next);

    /** Sends messages of a key and a value, each at least once: repeated bundles repeat some. */
    PTransform<PCollection<KV<byte[], byte[]>>, PDone> to();
  }
}
