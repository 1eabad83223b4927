package org.surmala.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.SongFile;

/** Tells files of a size that no other has, which are nobody's duplicate, from the others. */
final class LoneOfSizeFn extends DoFn<KV<Integer, Iterable<SongFile>>, SongFile> {
  private final TupleTag<SongFile> lone;
  private final TupleTag<SongFile> alike;
  private final Counter pending = Metrics.counter("surmala", "pending");

  LoneOfSizeFn(TupleTag<SongFile> lone, TupleTag<SongFile> alike) {
    this.lone = lone;
    this.alike = alike;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<SongFile>> shard, MultiOutputReceiver out) {
    Map<Long, List<SongFile>> bySize = new TreeMap<>();
    for (SongFile file : shard.getValue()) {
      bySize.computeIfAbsent(file.getSize(), size -> new ArrayList<>()).add(file);
    }
    for (List<SongFile> files : bySize.values()) {
      if (files.size() == 1) {
        pending.inc();
        out.get(lone).output(files.get(0));
      } else {
        files.forEach(out.get(alike)::output);
      }
    }
  }
}
