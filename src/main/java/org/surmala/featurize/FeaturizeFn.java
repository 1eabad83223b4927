package org.surmala.featurize;

import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/** Measures one segment after another with the plans of its instance. */
final class FeaturizeFn extends DoFn<AudioSegment, SegmentFeatures> {
  private final FeatureOptions options;
  private final int sampleRate;
  private final String spec;
  private final TupleTag<SegmentFeatures> features;
  private final TupleTag<Failure> failures;
  private final Counter featurized = Metrics.counter("surmala", "featurized");
  private final Counter micros = Metrics.counter("surmala", "micros.featurize");
  private transient @Nullable FeatureExtractor extractor;

  FeaturizeFn(
      FeatureOptions options,
      int sampleRate,
      String spec,
      TupleTag<SegmentFeatures> features,
      TupleTag<Failure> failures) {
    this.options = options;
    this.sampleRate = sampleRate;
    this.spec = spec;
    this.features = features;
    this.failures = failures;
  }

  @Setup
  public void setup() {
    extractor = new FeatureExtractor(options, sampleRate, spec);
  }

  @ProcessElement
  public void process(@Element AudioSegment segment, MultiOutputReceiver out) {
    long start = System.nanoTime();
    try {
      out.get(features).output(Objects.requireNonNull(extractor).extract(segment));
      featurized.inc();
    } catch (SongException e) {
      SongRef song = segment.getSong();
      out.get(failures).output(e.toFailure(song.getId(), song.getUri(), song.getFilepath()));
    }
    micros.inc((System.nanoTime() - start) / 1000);
  }
}
