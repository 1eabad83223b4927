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
 * Sends where songs are to a log: the songs of a fit when its model version begins to assign,
 * others as they are assigned. The key is {@code SONG/VERSION}. Messages of one key are the same
 * bytes, so that one that is sent again, as after a start without state, changes nothing.
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

  /** Sends them there. */
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

  /** The messages of an event. */
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
      // Every shard is told of a version, and one of them tells its songs.
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
