package org.surmala.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.SongRef;

/** Of the paths that hold the same bytes keeps the first in code point order. */
final class FirstOfContentFn extends DoFn<KV<Integer, Iterable<SongRef>>, SongRef> {
  private final TupleTag<SongRef> songs;
  private final TupleTag<DuplicateSong> duplicates;
  private final boolean areAllUnknown;
  private final Counter pending = Metrics.counter("surmala", "pending");
  private final Counter duplicateSongs = Metrics.counter("surmala", "duplicate");

  /**
   * @param areAllUnknown whether nobody asks a store for the songs before they are heard
   */
  FirstOfContentFn(
      TupleTag<SongRef> songs, TupleTag<DuplicateSong> duplicates, boolean areAllUnknown) {
    this.songs = songs;
    this.duplicates = duplicates;
    this.areAllUnknown = areAllUnknown;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<SongRef>> shard, MultiOutputReceiver out) {
    Map<String, List<SongRef>> byContent = new TreeMap<>();
    for (SongRef song : shard.getValue()) {
      byContent.computeIfAbsent(song.getId(), id -> new ArrayList<>()).add(song);
    }
    byContent.values().forEach(paths -> choose(paths, out));
  }

  private void choose(List<SongRef> paths, MultiOutputReceiver out) {
    paths.sort(Comparator.comparing(SongRef::getFilepath));
    SongRef first = paths.get(0);
    out.get(songs).output(first);
    if (areAllUnknown) {
      pending.inc();
    }
    for (SongRef other : paths.subList(1, paths.size())) {
      duplicateSongs.inc();
      out.get(duplicates)
          .output(new DuplicateSong(other.getId(), other.getFilepath(), first.getFilepath()));
    }
  }
}
