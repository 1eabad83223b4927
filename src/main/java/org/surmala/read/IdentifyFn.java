package org.surmala.read;

import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.schema.Failure;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;

/** Gives each file its identity. */
final class IdentifyFn extends DoFn<KV<Integer, Iterable<SongFile>>, SongRef> {
  private final TupleTag<SongRef> songs;
  private final TupleTag<Failure> failures;
  private final Counter identified = Metrics.counter("surmala", "identified");
  private final Counter micros = Metrics.counter("surmala", "micros.read");
  private transient @Nullable SongIdentifier identifier;

  IdentifyFn(TupleTag<SongRef> songs, TupleTag<Failure> failures) {
    this.songs = songs;
    this.failures = failures;
  }

  @Setup
  public void setup() {
    identifier = new SongIdentifier();
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<SongFile>> shard, MultiOutputReceiver out) {
    shard.getValue().forEach(file -> identify(file, out));
  }

  private void identify(SongFile file, MultiOutputReceiver out) {
    SongIdentifier ready = Objects.requireNonNull(identifier);
    long start = System.nanoTime();
    try {
      out.get(songs).output(ready.identify(file));
    } catch (SongException e) {
      out.get(failures).output(e.toFailure(null, file.getUri(), file.getFilepath()));
    }
    identified.inc();
    micros.inc((System.nanoTime() - start) / 1_000);
  }
}
