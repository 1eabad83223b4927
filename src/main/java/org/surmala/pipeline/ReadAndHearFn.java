package org.surmala.pipeline;

import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.read.SongIdentifier;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;

/** Hears each file of a group once it was read to its end, one song at a time. */
final class ReadAndHearFn extends DoFn<KV<Integer, Iterable<SongFile>>, SegmentFeatures> {
  private final HearingOutputs hearing;
  private final TupleTag<SongRef> songs;
  private final TupleTag<Failure> failures;
  private final Counter identified = Metrics.counter("surmala", "identified");
  private final Counter pending = Metrics.counter("surmala", "pending");
  private final Counter micros = Metrics.counter("surmala", "micros.read");
  private transient @Nullable SongIdentifier identifier;

  ReadAndHearFn(
      AudioOptions options,
      String processed,
      TupleTag<SegmentFeatures> features,
      TupleTag<SongRef> songs,
      TupleTag<Failure> failures) {
    hearing = new HearingOutputs(options, processed, features, failures);
    this.songs = songs;
    this.failures = failures;
  }

  @Setup
  public void setup() {
    identifier = new SongIdentifier();
    hearing.setUp();
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<SongFile>> shard, MultiOutputReceiver out)
      throws IOException {
    for (SongFile file : shard.getValue()) {
      hear(file, out);
    }
  }

  private void hear(SongFile file, MultiOutputReceiver out) throws IOException {
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
      hearing.hear(song, out);
    }
  }
}
