package org.surmala.pipeline;

import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/** Sends what a {@link SongListener} makes of a song to the outputs of a step, and counts it. */
final class HearingOutputs implements Serializable {
  private static final long serialVersionUID = 1L;

  private final AudioOptions options;
  private final String processed;
  private final TupleTag<SegmentFeatures> features;
  private final TupleTag<Failure> failures;
  private final Counter decoded = Metrics.counter("surmala", "decoded");
  private final Counter failed = Metrics.counter("surmala", "failed");
  private transient @Nullable SongListener listener;

  HearingOutputs(
      AudioOptions options,
      String processed,
      TupleTag<SegmentFeatures> features,
      TupleTag<Failure> failures) {
    this.options = options;
    this.processed = processed;
    this.features = features;
    this.failures = failures;
  }

  /** Makes ready on the worker, once for each instance of the step. */
  void setUp() {
    listener = new SongListener(options, processed);
  }

  /**
   * Hears a song: its features, or its failure, go out.
   *
   * @throws IOException when its segment cannot be written
   */
  void hear(SongRef song, MultiOutputReceiver out) throws IOException {
    try {
      out.get(features).output(Objects.requireNonNull(listener).listen(song));
    } catch (SongException e) {
      failed.inc();
      ListeningProgress.failed();
      out.get(failures).output(e.toFailure(song.getId(), song.getUri(), song.getFilepath()));
    }
    decoded.inc();
    ListeningProgress.heard();
  }
}
