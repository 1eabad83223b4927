package org.surmala.pipeline;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.files.WholeFile;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.segment.SegmentWav;

/** The four audio stages, one song at a time. */
final class AudioToFeaturesFn extends DoFn<SongRef, SegmentFeatures> {
  private final AudioOptions options;
  private final String processed;
  private final TupleTag<SegmentFeatures> features;
  private final TupleTag<Failure> failures;

  private final Counter done = Metrics.counter("surmala", "decoded");
  private final Counter failed = Metrics.counter("surmala", "failed");
  private final Map<String, Counter> micros =
      Map.of(
          "decode", Metrics.counter("surmala", "micros.decode"),
          "resample", Metrics.counter("surmala", "micros.resample"),
          "segment", Metrics.counter("surmala", "micros.segment"),
          "featurize", Metrics.counter("surmala", "micros.featurize"));

  private transient @Nullable SongEars ears;

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
    ears = new SongEars(options);
  }

  @ProcessElement
  public void process(@Element SongRef song, MultiOutputReceiver out) throws IOException {
    try {
      out.get(features).output(Objects.requireNonNull(ears).listen(song, new Laps(song.getId())));
    } catch (SongException e) {
      failed.inc();
      ListeningProgress.failed();
      out.get(failures).output(e.toFailure(song.getId(), song.getUri(), song.getFilepath()));
    }
    done.inc();
    ListeningProgress.heard();
  }

  /** Counts each stage's time, and keeps the segment. */
  private final class Laps implements SongEars.Listener {
    private final String id;
    private long start = System.nanoTime();

    Laps(String id) {
      this.id = id;
    }

    @Override
    public void done(String stage) {
      long now = System.nanoTime();
      Objects.requireNonNull(micros.get(stage)).inc((now - start) / 1_000);
      start = now;
    }

    @Override
    public void segment(AudioSegment segment) throws IOException {
      byte[] wav = SegmentWav.encode(segment);
      WholeFile.write(processed, id + ".wav", file -> file.write(wav));
    }
  }
}
