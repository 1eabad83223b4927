package org.surmala.read;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.Failure;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;

/** Lists the songs of the options, once per element. Songs are keyed by size. */
final class ListSongsFn extends DoFn<byte[], KV<Integer, SongFile>> {
  /** Files that may be songs, keyed by the shard of their size. */
  static final TupleTag<KV<Integer, SongFile>> FILES = new TupleTag<>("files") {};

  private final ReadOptions options;
  private final Counter found = Metrics.counter("surmala", "found");
  private final Counter skippedFiles = Metrics.counter("surmala", "skipped");

  ListSongsFn(ReadOptions options) {
    this.options = options;
  }

  @ProcessElement
  public void process(MultiOutputReceiver out) throws IOException {
    Catalog catalog = Catalog.readIntact(options.catalog());
    AtomicLong met = new AtomicLong();
    new SongLister(options)
        .list(
            new Listing() {
              @Override
              public void song(SongFile file) {
                met.incrementAndGet();
                found.inc();
                String id = catalog.idOf(file.getUri(), file.getSize(), file.getModified());
                SongFile song =
                    id == null ? file : SongFile.newBuilder(file).setKnownId(id).build();
                out.get(FILES)
                    .output(KV.of(options.shards().of(Long.toString(song.getSize())), song));
              }

              @Override
              public void skipped(SkippedFile file) {
                met.incrementAndGet();
                found.inc();
                skippedFiles.inc();
                out.get(Read.SKIPPED).output(file);
              }

              @Override
              public void failed(Failure failure) {
                met.incrementAndGet();
                found.inc();
                out.get(Read.FAILURES).output(failure);
              }
            });
    out.get(Read.LISTED).output(met.get());
  }
}
