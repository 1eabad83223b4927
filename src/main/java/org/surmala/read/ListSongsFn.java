package org.surmala.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.Failure;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;

/**
 * Lists the place that the options name, once for each element. Songs are dealt into shards by
 * their path.
 */
final class ListSongsFn extends DoFn<byte[], KV<Integer, SongFile>> {
  /** Songs that another may equal. */
  static final TupleTag<KV<Integer, SongFile>> FILES = new TupleTag<>("files") {};

  /** Songs of a size that no other has, which are nobody's duplicate. */
  static final TupleTag<KV<Integer, SongFile>> LONE = new TupleTag<>("lone files") {};

  private final ReadOptions options;
  private final boolean tellsLone;
  private final Counter found = Metrics.counter("surmala", "found");
  private final Counter skippedFiles = Metrics.counter("surmala", "skipped");
  private final Counter pending = Metrics.counter("surmala", "pending");

  /**
   * @param tellsLone whether {@link #LONE} are told from the others, for which the whole listing is
   *     held; else all are {@link #FILES}
   */
  ListSongsFn(ReadOptions options, boolean tellsLone) {
    this.options = options;
    this.tellsLone = tellsLone;
  }

  @ProcessElement
  public void process(MultiOutputReceiver out) throws IOException {
    Catalog catalog = Catalog.readIntact(options.catalog());
    AtomicLong met = new AtomicLong();
    Map<Long, List<SongFile>> bySize = new TreeMap<>();
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
                if (tellsLone) {
                  bySize.computeIfAbsent(song.getSize(), size -> new ArrayList<>()).add(song);
                } else {
                  out.get(FILES).output(dealt(song));
                }
              }

              @Override
              public void skipped(String filepath) {
                met.incrementAndGet();
                found.inc();
                skippedFiles.inc();
                out.get(Read.SKIPPED).output(new SkippedFile(filepath));
              }

              @Override
              public void failed(Failure failure) {
                met.incrementAndGet();
                found.inc();
                out.get(Read.FAILURES).output(failure);
              }
            });
    for (List<SongFile> songs : bySize.values()) {
      boolean isLone = songs.size() == 1;
      if (isLone) {
        pending.inc();
      }
      songs.forEach(song -> out.get(isLone ? LONE : FILES).output(dealt(song)));
    }
    out.get(Read.LISTED).output(met.get());
  }

  private KV<Integer, SongFile> dealt(SongFile song) {
    return KV.of(options.shards().of(song.getUri()), song);
  }
}
