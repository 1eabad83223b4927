package org.surmala.cluster;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.surmala.io.Shards;
import org.surmala.schema.Embedding;
import org.surmala.schema.PointBlock;

/** Packs the songs of a shard into blocks. */
final class BlockFn extends DoFn<KV<String, Iterable<Embedding>>, PointBlock> {
  private static final int MOST_ROWS = 65_536;

  /** Sums are computed block by block, so the result depends on the number of shards. */
  private final Shards shards;

  BlockFn(Shards shards) {
    this.shards = shards;
  }

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<Embedding>> shard, OutputReceiver<PointBlock> out) {
    List<Embedding> songs = new ArrayList<>();
    shard.getValue().forEach(songs::add);
    songs.sort(Comparator.comparing(Embedding::getId));
    int number = shards.of(songs.get(0).getId());
    for (int from = 0; from < songs.size(); from += MOST_ROWS) {
      out.output(block(songs.subList(from, Math.min(songs.size(), from + MOST_ROWS)), number));
      number += shards.count();
    }
  }

  private static PointBlock block(List<Embedding> songs, int number) {
    Embedding first = songs.get(0);
    int dimensions = first.getVector().size();
    ByteBuffer values =
        ByteBuffer.allocate(songs.size() * dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Embedding song : songs) {
      song.getVector().forEach(values::putFloat);
    }
    return new PointBlock(
        first.getRepresentation(),
        first.getModelVersion(),
        number,
        songs.stream().map(Embedding::getId).toList(),
        dimensions,
        values.flip());
  }
}
