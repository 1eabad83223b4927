package org.surmala.pipeline;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithFailures;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.surmala.coder.RecordCoder;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/**
 * Decodes, resamples, segments and featurizes songs in one step, so that no samples cross a bundle:
 * what waits between stages is a kilobyte of features a song, not megabytes of sound. The stages'
 * own transforms do the same one by one.
 *
 * <p>Where segments are kept, each is also written to {@code <processed>/<id>.wav}, 16-bit mono.
 */
public final class AudioToFeatures
    extends PTransform<
        PCollection<SongRef>, WithFailures.Result<PCollection<SegmentFeatures>, Failure>> {
  private static final long serialVersionUID = 1L;

  private final AudioOptions options;
  private final String processed;

  private AudioToFeatures(AudioOptions options, String processed) {
    this.options = options;
    this.processed = processed;
  }

  /**
   * Listens with the given options.
   *
   * @param options of the four stages
   * @param processed folder for the segments, ending in a slash
   */
  public static AudioToFeatures with(AudioOptions options, String processed) {
    return new AudioToFeatures(options, processed);
  }

  @Override
  public WithFailures.Result<PCollection<SegmentFeatures>, Failure> expand(
      PCollection<SongRef> songs) {
    TupleTag<SegmentFeatures> features = new TupleTag<>("features") {};
    TupleTag<Failure> failures = new TupleTag<>("failures") {};
    PCollectionTuple out =
        songs.apply(
            "DecodeToFeatures",
            ParDo.of(new AudioToFeaturesFn(options, processed, features, failures))
                .withOutputTags(features, TupleTagList.of(failures)));
    return WithFailures.Result.of(
        out.get(features).setCoder(RecordCoder.of(SegmentFeatures.class)),
        out.get(failures).setCoder(RecordCoder.of(Failure.class)));
  }
}
