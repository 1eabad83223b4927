package org.surmala.watch;

import static org.surmala.watch.FittedCollection.id;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.io.RecordCoder;
import org.surmala.schema.AssignmentMessage;
import org.surmala.schema.LogMessage;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.WatchEvent;

/** What a topic of results is sent. */
public final class SendAssignmentsTest implements Serializable {
  private static final long serialVersionUID = 1L;

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();
  @Rule public final transient TemporaryFolder folder = new TemporaryFolder();

  private static WatchEvent moved(ModelVersion version, int shard) {
    return WatchEvent.newBuilder().setVersion(version).setShard(shard).build();
  }

  private static String message(int number) {
    return String.format(
        Locale.ROOT,
        "%s/1 song %s version 1 model %s cluster %d distance %.2f novelty 0.50",
        id(number),
        id(number),
        FittedCollection.MODEL,
        number % 2,
        number % 100 / 100.0);
  }

  @Test
  public void givenAFitAndALaterSong_whenShardsMove_thenEachIsSentOnceUnderItsKey()
      throws IOException {
    FittedCollection fitted = new FittedCollection(folder.getRoot().toPath(), 3);
    ModelVersion version = fitted.write();
    WatchEvent later =
        WatchEvent.newBuilder().setAssigned(List.of(FittedCollection.assignedSong(7))).build();

    pipeline
        .apply(
            Create.of(moved(version, 0), moved(version, 1), later)
                .withCoder(RecordCoder.of(WatchEvent.class)))
        .apply(
            SendAssignments.to(
                new CheckedLog(List.of(message(0), message(1), message(2), message(7))),
                fitted.config()));

    pipeline.run().waitUntilFinish();
  }

  /** A log that holds what it is sent to what is expected. */
  private record CheckedLog(List<String> expected) implements MessageLog.Opened {
    @Override
    public String name() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String id() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int partitions() {
      throw new UnsupportedOperationException();
    }

    @Override
    public PTransform<PBegin, PCollection<LogMessage>> from(Map<Integer, Long> next) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PTransform<PCollection<KV<byte[], byte[]>>, PDone> to() {
      return new Check(expected);
    }
  }

  private static final class Check extends PTransform<PCollection<KV<byte[], byte[]>>, PDone> {
    private static final long serialVersionUID = 1L;
    private final transient List<String> expected;

    Check(List<String> expected) {
      this.expected = expected;
    }

    @Override
    public PDone expand(PCollection<KV<byte[], byte[]>> messages) {
      PAssert.that(messages.apply(MapElements.via(new Read()))).containsInAnyOrder(expected);
      return PDone.in(messages.getPipeline());
    }
  }

  private static final class Read extends SimpleFunction<KV<byte[], byte[]>, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String apply(KV<byte[], byte[]> message) {
      try {
        AssignmentMessage value =
            AssignmentMessage.fromByteBuffer(ByteBuffer.wrap(message.getValue()));
        return String.format(
            Locale.ROOT,
            "%s song %s version %d model %s cluster %d distance %.2f novelty %.2f",
            new String(message.getKey(), StandardCharsets.UTF_8),
            value.getSong(),
            value.getVersion(),
            value.getModel(),
            value.getCluster(),
            value.getDistance(),
            value.getNovelty());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
