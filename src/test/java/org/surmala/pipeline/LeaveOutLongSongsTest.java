package org.surmala.pipeline;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.io.RecordCoder;
import org.surmala.read.Read;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongRef;

public final class LeaveOutLongSongsTest {
  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  private static SongRef song(String id) {
    return SongRef.newBuilder()
        .setId(id)
        .setUri("/music/" + id)
        .setFilepath("music/" + id)
        .setSize(1)
        .setModified(1)
        .build();
  }

  private static SegmentFeatures features(String id, double seconds) {
    return SegmentFeatures.newBuilder()
        .setId(id)
        .setSpec("spec")
        .setInfo(
            new AudioInfo(seconds, 44_100, 2, "mp3", 128_000L, null, null, null, "sum", null, null))
        .setLoudnessLufs(-14)
        .setPaddedSamples(0)
        .setSilenceShare(0)
        .setDimensions(0)
        .setValues(ByteBuffer.allocate(0))
        .build();
  }

  private <T extends SpecificRecord> PCollection<T> create(Class<T> type, List<T> records) {
    return pipeline.apply(type.getSimpleName(), Create.of(records).withCoder(RecordCoder.of(type)));
  }

  @Test
  public void givenALimit_whenCollected_thenLongerSongsAreSkippedAndAllElsePasses() {
    SegmentFeatures shorter = features("a", 599);
    SegmentFeatures equal = features("b", 600);
    SegmentFeatures unknown = features("c", Double.NaN);
    SkippedFile cover = new SkippedFile("music/cover.jpg", SkipReason.OTHER_KIND);
    PCollectionTuple left =
        PCollectionTuple.of(
                Read.SONGS,
                create(
                    SongRef.class,
                    List.of(song("a"), song("b"), song("c"), song("mix"), song("failed"))))
            .and(
                CollectFeatures.FEATURES,
                create(
                    SegmentFeatures.class,
                    List.of(shorter, equal, unknown, features("mix", 600.5))))
            .and(Read.FAILURES, create(Failure.class, List.of()))
            .and(Read.DUPLICATES, create(DuplicateSong.class, List.of()))
            .and(Read.SKIPPED, create(SkippedFile.class, List.of(cover)))
            .and(Read.LISTED, pipeline.apply("Listed", Create.of(5L).withCoder(VarLongCoder.of())))
            .apply("LeaveOut", LeaveOutLongSongs.above(600));

    PAssert.that(left.get(CollectFeatures.FEATURES)).containsInAnyOrder(shorter, equal, unknown);
    PAssert.that(left.get(Read.SKIPPED))
        .containsInAnyOrder(cover, new SkippedFile("music/mix", SkipReason.TOO_LONG));
    PAssert.that(left.get(Read.SONGS))
        .containsInAnyOrder(song("a"), song("b"), song("c"), song("mix"), song("failed"));
    PAssert.that(left.get(Read.LISTED)).containsInAnyOrder(5L);
    pipeline.run().waitUntilFinish();
  }
}
