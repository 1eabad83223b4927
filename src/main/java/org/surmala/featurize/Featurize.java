package org.surmala.featurize;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithFailures;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.surmala.coder.RecordCoder;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;

/** Measures the features of each segment. */
public final class Featurize
    extends PTransform<
        PCollection<AudioSegment>, WithFailures.Result<PCollection<SegmentFeatures>, Failure>> {
  private static final long serialVersionUID = 1L;
  private static final TupleTag<SegmentFeatures> FEATURES = new TupleTag<>() {};
  private static final TupleTag<Failure> FAILURES = new TupleTag<>() {};

  private final FeatureOptions options;
  private final int sampleRate;
  private final String spec;

  private Featurize(FeatureOptions options, int sampleRate, String spec) {
    this.options = options;
    this.sampleRate = sampleRate;
    this.spec = spec;
  }

  /**
   * Measures as the options say.
   *
   * @param sampleRate of the segments, Hz
   * @param spec version of the feature specification, written into each record
   */
  public static Featurize with(FeatureOptions options, int sampleRate, String spec) {
    return new Featurize(options, sampleRate, spec);
  }

  @Override
  public WithFailures.Result<PCollection<SegmentFeatures>, Failure> expand(
      PCollection<AudioSegment> segments) {
    PCollectionTuple measured =
        segments.apply(
            "Measure",
            ParDo.of(new FeaturizeFn(options, sampleRate, spec, FEATURES, FAILURES))
                .withOutputTags(FEATURES, TupleTagList.of(FAILURES)));
    return WithFailures.Result.of(
        measured.get(FEATURES).setCoder(RecordCoder.of(SegmentFeatures.class)),
        measured.get(FAILURES).setCoder(RecordCoder.of(Failure.class)));
  }
}
