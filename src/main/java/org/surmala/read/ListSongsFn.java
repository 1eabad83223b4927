package org.surmala.read;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.Failure;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;

/** Lists the place that its one element names. */
final class ListSongsFn extends DoFn<String, SongFile> {
  private final ReadOptions options;
  private final TupleTag<SongFile> files;
  private final TupleTag<SkippedFile> skipped;
  private final TupleTag<Failure> failures;
  private final TupleTag<Long> listed;
  private final Counter found = Metrics.counter("surmala", "found");
  private final Counter skippedFiles = Metrics.counter("surmala", "skipped");

  ListSongsFn(
      ReadOptions options,
      TupleTag<SongFile> files,
      TupleTag<SkippedFile> skipped,
      TupleTag<Failure> failures,
      TupleTag<Long> listed) {
    this.options = options;
    this.files = files;
    this.skipped = skipped;
    this.failures = failures;
    this.listed = listed;
  }

  @ProcessElement
  public void process(MultiOutputReceiver out) throws IOException {
    Catalog catalog = Catalog.read(options.catalog());
    AtomicLong met = new AtomicLong();
    new SongLister(options)
        .list(
            new Listing() {
              @Override
              public void song(SongFile file) {
                met.incrementAndGet();
                found.inc();
                String id = catalog.idOf(file.getUri(), file.getSize(), file.getModified());
                out.get(files)
                    .output(id == null ? file : SongFile.newBuilder(file).setKnownId(id).build());
              }

              @Override
              public void skipped(String filepath) {
                met.incrementAndGet();
                found.inc();
                skippedFiles.inc();
                out.get(skipped).output(new SkippedFile(filepath));
              }

              @Override
              public void failed(Failure failure) {
                met.incrementAndGet();
                found.inc();
                out.get(failures).output(failure);
              }
            });
    out.get(listed).output(met.get());
  }
}
