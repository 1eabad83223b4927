package org.surmala.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.SongRef;

/** Of the paths that hold the same bytes keeps the first in code point order. */
final class FirstOfContentFn extends DoFn<KV<String, Iterable<SongRef>>, SongRef> {
  private final TupleTag<SongRef> songs;
  private final TupleTag<DuplicateSong> duplicates;
  private final Counter duplicateSongs = Metrics.counter("surmala", "duplicate");

  FirstOfContentFn(TupleTag<SongRef> songs, TupleTag<DuplicateSong> duplicates) {
    this.songs = songs;
    this.duplicates = duplicates;
  }

  @ProcessElement
  public void process(@Element KV<String, Iterable<SongRef>> same, MultiOutputReceiver out) {
    List<SongRef> paths = new ArrayList<>();
    same.getValue().forEach(paths::add);
    paths.sort(Comparator.comparing(SongRef::getFilepath));
    SongRef first = paths.get(0);
    out.get(songs).output(first);
    for (SongRef other : paths.subList(1, paths.size())) {
      duplicateSongs.inc();
      out.get(duplicates)
          .output(new DuplicateSong(other.getId(), other.getFilepath(), first.getFilepath()));
    }
  }
}
