package org.surmala.segment;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithFailures;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.surmala.coder.RecordCoder;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.Failure;

/** Segments mono clips: {@link Segmenter} for each element. */
public final class Segment
    extends PTransform<
        PCollection<AudioClip>, WithFailures.Result<PCollection<AudioSegment>, Failure>> {
  private static final long serialVersionUID = 1L;

  private final SegmentOptions options;

  private Segment(SegmentOptions options) {
    this.options = options;
  }

  /** Segments by these options. */
  public static Segment with(SegmentOptions options) {
    return new Segment(options);
  }

  @Override
  public WithFailures.Result<PCollection<AudioSegment>, Failure> expand(
      PCollection<AudioClip> clips) {
    TupleTag<AudioSegment> segments = new TupleTag<>("segments") {};
    TupleTag<Failure> failures = new TupleTag<>("failures") {};
    PCollectionTuple out =
        clips.apply(
            "Segment",
            ParDo.of(new SegmentFn(options, segments, failures))
                .withOutputTags(segments, TupleTagList.of(failures)));
    return WithFailures.Result.of(
        out.get(segments).setCoder(RecordCoder.of(AudioSegment.class)),
        out.get(failures).setCoder(RecordCoder.of(Failure.class)));
  }
}
