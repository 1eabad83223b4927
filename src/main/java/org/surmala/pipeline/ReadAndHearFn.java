package org.surmala.pipeline;

import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.read.SongIdentifier;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;

/** Reads a file to its end, then hears it, one song at a time. */
final class ReadAndHearFn extends DoFn<SongFile, SegmentFeatures> {
  private final AudioOptions options;
  private final String processed;
  private final TupleTag<SegmentFeatures> features;
  private final TupleTag<SongRef> songs;
  private final TupleTag<Failure> failures;
  private final Counter identified = Metrics.counter("surmala", "identified");
  private final Counter pending = Metrics.counter("surmala", "pending");
  private final Counter decoded = Metrics.counter("surmala", "decoded");
  private final Counter failed = Metrics.counter("surmala", "failed");
  private final Counter micros = Metrics.counter("surmala", "micros.read");
  private transient @Nullable SongIdentifier identifier;
  private transient @Nullable SongListener listener;

  ReadAndHearFn(
      AudioOptions options,
      String processed,
      TupleTag<SegmentFeatures> features,
      TupleTag<SongRef> songs,
      TupleTag<Failure> failures) {
    this.options = options;
    this.processed = processed;
    this.features = features;
    this.songs = songs;
    this.failures = failures;
  }

  @Setup
  public void setup() {
    identifier = new SongIdentifier();
    listener = new SongListener(options, processed);
  }

  @ProcessElement
  public void process(@Element SongFile file, MultiOutputReceiver out) throws IOException {
    long start = System.nanoTime();
    SongRef song = null;
    try {
      song = Objects.requireNonNull(identifier).identify(file);
    } catch (SongException e) {
      pending.dec();
      out.get(failures).output(e.toFailure(null, file.getUri(), file.getFilepath()));
    }
    identified.inc();
    micros.inc((System.nanoTime() - start) / 1_000);
    if (song != null) {
      out.get(songs).output(song);
      hear(song, out);
    }
  }

  private void hear(SongRef song, MultiOutputReceiver out) throws IOException {
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
