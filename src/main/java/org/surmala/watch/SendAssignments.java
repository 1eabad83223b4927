package org.surmala.watch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.surmala.io.AvroFile;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.AssignmentMessage;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.WatchEvent;

/**
 * Sends the assignment of each song to a message log: the songs of a fit when its model version
 * takes effect, other songs when they are assigned. The key is {@code SONG/VERSION}. Messages of
 * one key have equal bytes: a message that is sent again, such as after a start without state,
 * changes nothing.
 *
 * <p>Counter in namespace {@code surmala}: {@code sent}.
 */
final class SendAssignments extends PTransform<PCollection<WatchEvent>, PDone> {
  private static final long serialVersionUID = 1L;

  private final transient MessageLog.Opened log;
  private final WatchConfig config;

  private SendAssignments(MessageLog.Opened log, WatchConfig config) {
    this.log = log;
    this.config = config;
  }

  /** Sends assignments to the given log. */
  static SendAssignments to(MessageLog.Opened log, WatchConfig config) {
    return new SendAssignments(log, config);
  }

  @Override
  public PDone expand(PCollection<WatchEvent> assigned) {
    return assigned
        .apply("Messages", ParDo.of(new MessagesFn(config)))
        .setCoder(KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
        .apply("Send", log.to());
  }

  /** Converts an event to its messages. */
  static final class MessagesFn extends DoFn<WatchEvent, KV<byte[], byte[]>> {
    private final WatchConfig config;
    private final Counter sent = Metrics.counter("surmala", "sent");

    MessagesFn(WatchConfig config) {
      this.config = config;
    }

    @ProcessElement
    public void process(@Element WatchEvent event, OutputReceiver<KV<byte[], byte[]>> out)
        throws IOException {
      ModelVersion version = event.getVersion();
      Integer shard = event.getShard();
      // Every shard receives the version; the first one sends the songs of its fit.
      if (version != null && shard != null && shard == 0) {
        AvroFile.read(
            version.getFolder() + "records/assignments.avro",
            ClusterAssignment.class,
            assignment -> {
              if (config.pipeline().primary().apply(assignment)) {
                out.output(message(version.getNumber(), assignment));
                sent.inc();
              }
            });
      }
      for (AssignedSong song : event.getAssigned()) {
        out.output(message(song.getVersion(), song.getAssignment()));
        sent.inc();
      }
    }

    private static KV<byte[], byte[]> message(int version, ClusterAssignment assignment) {
      AssignmentMessage message =
          AssignmentMessage.newBuilder()
              .setSong(assignment.getId())
              .setVersion(version)
              .setModel(assignment.getModelVersion())
              .setCluster(assignment.getCluster())
              .setDistance(assignment.getDistance())
              .setNovelty(assignment.getNovelty())
              .setGroup(assignment.getGroup())
              .build();
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      try {
        AssignmentMessage.getEncoder().encode(message, value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      String key = message.getSong() + "/" + version;
      return KV.of(key.getBytes(StandardCharsets.UTF_8), value.toByteArray());
    }
  }
}
