package org.surmala.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.io.RecordCoder;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/**
 * Reads a feature table instead of a collection of audio files. Each row is in exactly one of the
 * outputs {@link Read#SONGS} (with its features in {@link #FEATURES}), {@link Read#DUPLICATES} (an
 * id that an earlier row has) and {@link Read#FAILURES} (a wrong number of cells, no id, or a cell
 * that is not a finite number); {@link Read#LISTED} has the number of rows.
 */
public final class ReadFeatureTable extends PTransform<PBegin, PCollectionTuple> {
  /** Features of the songs. */
  public static final TupleTag<SegmentFeatures> FEATURES = new TupleTag<>("features") {};

  private final FeatureTable table;

  private ReadFeatureTable(FeatureTable table) {
    this.table = table;
  }

  /** Reads the rows of a scanned table. */
  public static ReadFeatureTable from(FeatureTable table) {
    return new ReadFeatureTable(table);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollectionTuple rows =
        begin
            .apply("Source", Create.of(table.options().file()).withCoder(StringUtf8Coder.of()))
            .apply(
                "Rows",
                ParDo.of(new RowsFn(table))
                    .withOutputTags(
                        Read.SONGS,
                        TupleTagList.of(
                            List.of(FEATURES, Read.DUPLICATES, Read.FAILURES, Read.LISTED))));
    rows.get(Read.SONGS).setCoder(RecordCoder.of(SongRef.class));
    rows.get(FEATURES).setCoder(RecordCoder.of(SegmentFeatures.class));
    rows.get(Read.DUPLICATES).setCoder(RecordCoder.of(DuplicateSong.class));
    rows.get(Read.FAILURES).setCoder(RecordCoder.of(Failure.class));
    rows.get(Read.LISTED).setCoder(VarLongCoder.of());
    return rows;
  }

  private static final class RowsFn extends DoFn<String, SongRef> {
    private final FeatureTable table;
    private final Counter found = Metrics.counter("surmala", "found");
    private final Counter identified = Metrics.counter("surmala", "identified");

    RowsFn(FeatureTable table) {
      this.table = table;
    }

    @ProcessElement
    public void process(MultiOutputReceiver out) throws IOException {
      AtomicLong listed = new AtomicLong();
      table.read(
          new FeatureTable.Sink() {
            @Override
            public void song(
                String id,
                String uri,
                @Nullable String label,
                float[] values,
                Map<String, String> labels) {
              count();
              out.get(Read.SONGS)
                  .output(
                      SongRef.newBuilder()
                          .setId(id)
                          .setUri(uri)
                          .setFilepath(id)
                          .setTitle(id)
                          .setLanguage(label)
                          .setSize(0)
                          .setModified(0)
                          .setLabels(labels)
                          .build());
              out.get(FEATURES).output(segment(id, values));
            }

            @Override
            public void duplicate(String id, String uri) {
              count();
              out.get(Read.DUPLICATES).output(new DuplicateSong(id, uri, id));
            }

            @Override
            public void failed(@Nullable String id, String uri, SongException why) {
              count();
              out.get(Read.FAILURES).output(why.toFailure(id, uri, id == null ? uri : id));
            }

            private void count() {
              listed.incrementAndGet();
              found.inc();
              identified.inc();
            }
          });
      out.get(Read.LISTED).output(listed.get());
    }

    private SegmentFeatures segment(String id, float[] numbers) {
      ByteBuffer values =
          ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      values.asFloatBuffer().put(numbers);
      return SegmentFeatures.newBuilder()
          .setId(id)
          .setSpec(table.spec())
          .setInfo(
              AudioInfo.newBuilder()
                  .setDurationSeconds(0)
                  .setSampleRate(0)
                  .setChannels(0)
                  .setCodec("")
                  .setBitRate(0)
                  .build())
          .setLoudnessLufs(Double.NaN)
          .setPaddedSamples(0)
          .setSilenceShare(0)
          .setDimensions(table.features().size())
          .setValues(values)
          .build();
    }
  }
}
