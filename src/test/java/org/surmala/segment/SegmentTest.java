package org.surmala.segment;

import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.failure.SongException;
import org.surmala.io.RecordCoder;
import org.surmala.schema.AudioClip;
import org.surmala.schema.Failure;
import org.surmala.schema.Stage;
import org.surmala.step.Step;

public final class SegmentTest {
  @Rule public final TestPipeline pipeline = TestPipeline.create();

  @Test
  public void segmentsEachClipAndSaysWhichItCouldNot() throws SongException {
    SegmentOptions options = new SegmentOptions(2, 1, SegmentOptions.ShortSongs.PAD, true, -23);
    AudioClip good = SegmenterTest.clip(SegmenterTest.noise(66_150, 0.1, 5), 3, 0);
    AudioClip brief = SegmenterTest.clip(SegmenterTest.noise(11_025, 0.1, 5), 0.5, 0);

    PCollectionTuple result =
        pipeline
            .apply(
                "Clips", Create.of(List.of(good, brief)).withCoder(RecordCoder.of(AudioClip.class)))
            .apply("Segment", Segment.with(options));

    PAssert.that(result.get(Segment.SEGMENTS))
        .containsInAnyOrder(new Segmenter(options).segment(good));
    PAssert.that(result.get(Step.FAILURES))
        .containsInAnyOrder(
            new Failure(
                "id",
                "/songs/a.wav",
                "a.wav",
                Stage.SEGMENT,
                "too_short",
                "0.500 s long; at least 1.000 s are required",
                false));
    pipeline.run();
  }
}
