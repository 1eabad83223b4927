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
import org.surmala.shard.Shards;

/** Gives each file its identity, and keys it by the shard of that. */
final class IdentifyFn extends DoFn<SongFile, KV<Integer, SongRef>> {
  private final Shards shards;
  private final TupleTag<KV<Integer, SongRef>> songs;
  private final TupleTag<Failure> failures;
  private final Counter identified = Metrics.counter("surmala", "identified");
  private final Counter micros = Metrics.counter("surmala", "micros.read");
  private transient @Nullable SongIdentifier identifier;

  IdentifyFn(Shards shards, TupleTag<KV<Integer, SongRef>> songs, TupleTag<Failure> failures) {
    this.shards = shards;
    this.songs = songs;
    this.failures = failures;
  }

  @Setup
  public void setup() {
    identifier = new SongIdentifier();
  }

  @ProcessElement
  public void process(@Element SongFile file, MultiOutputReceiver out) {
    SongIdentifier ready = Objects.requireNonNull(identifier);
    long start = System.nanoTime();
    try {
      SongRef song = ready.identify(file);
      out.get(songs).output(KV.of(shards.of(song.getId()), song));
    } catch (SongException e) {
      out.get(failures).output(e.toFailure(null, file.getUri(), file.getFilepath()));
    }
    identified.inc();
    micros.inc((System.nanoTime() - start) / 1_000);
  }
}
