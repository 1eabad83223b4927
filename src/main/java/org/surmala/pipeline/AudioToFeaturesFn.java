package org.surmala.pipeline;

import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/** The four audio stages, one song at a time. */
final class AudioToFeaturesFn extends DoFn<SongRef, SegmentFeatures> {
  private final AudioOptions options;
  private final String processed;
  private final TupleTag<SegmentFeatures> features;
  private final TupleTag<Failure> failures;

  private final Counter done = Metrics.counter("surmala", "decoded");
  private final Counter failed = Metrics.counter("surmala", "failed");

  private transient @Nullable SongListener listener;

  AudioToFeaturesFn(
      AudioOptions options,
      String processed,
      TupleTag<SegmentFeatures> features,
      TupleTag<Failure> failures) {
    this.options = options;
    this.processed = processed;
    this.features = features;
    this.failures = failures;
  }

  @Setup
  public void setup() {
    listener = new SongListener(options, processed);
  }

  @ProcessElement
  public void process(@Element SongRef song, MultiOutputReceiver out) throws IOException {
    try {
      out.get(features).output(Objects.requireNonNull(listener).listen(song));
    } catch (SongException e) {
      failed.inc();
      ListeningProgress.failed();
      out.get(failures).output(e.toFailure(song.getId(), song.getUri(), song.getFilepath()));
    }
    done.inc();
    ListeningProgress.heard();
  }
}
