package org.surmala.featurize;

import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.step.SongStep;

/** Extracts the features of each segment ({@link FeatureExtractor}). */
public final class Featurize extends SongStep<AudioSegment, SegmentFeatures> {
  /** The features. */
  public static final TupleTag<SegmentFeatures> FEATURES = new TupleTag<>("features") {};

  private final FeatureOptions options;
  private final int sampleRate;
  private final String spec;

  private Featurize(FeatureOptions options, int sampleRate, String spec) {
    super("Featurize", "featurize", FEATURES, SegmentFeatures.class);
    this.options = options;
    this.sampleRate = sampleRate;
    this.spec = spec;
  }

  /**
   * Extracts features with the given options.
   *
   * @param sampleRate sample rate of the segments, Hz
   * @param spec version of the feature specification, written into each record
   */
  public static Featurize with(FeatureOptions options, int sampleRate, String spec) {
    return new Featurize(options, sampleRate, spec);
  }

  @Override
  protected Function<AudioSegment, SegmentFeatures> function() {
    return new FeatureExtractor(options, sampleRate, spec)::extract;
  }

  @Override
  protected SongRef song(AudioSegment segment) {
    return segment.getSong();
  }
}
