package org.surmala.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.surmala.io.PathText;
import org.surmala.io.Shards;
import org.surmala.io.WholeFile;
import org.surmala.schema.SongFile;

/**
 * Groups files so that files with the same bytes are in the same group, by cheap checks: the size
 * and, if several files have it, a kilobyte from each quarter.
 */
final class GroupDuplicatesFn extends DoFn<KV<Integer, Iterable<SongFile>>, KV<Integer, SongFile>> {
  private static final int SAMPLES = 4;
  private static final int SAMPLE_BYTES = 1_024;

  private final Shards shards;

  GroupDuplicatesFn(Shards shards) {
    this.shards = shards;
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<SongFile>> shard, OutputReceiver<KV<Integer, SongFile>> out) {
    Map<Long, List<SongFile>> bySize = new TreeMap<>();
    for (SongFile file : shard.getValue()) {
      bySize.computeIfAbsent(file.getSize(), size -> new ArrayList<>()).add(file);
    }
    bySize.forEach(
        (size, files) ->
            files.forEach(
                file -> {
                  String content = files.size() == 1 ? "" : " " + sample(file);
                  out.output(KV.of(shards.of(size + content), file));
                }));
  }

  /** A hash of the sample; an unreadable file is reported later, by Identify. */
  private static long sample(SongFile file) {
    CRC32C sum = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(SAMPLE_BYTES);
    try (ReadableByteChannel channel = WholeFile.open(PathText.file(file.getUri()))) {
      for (int i = 0; i < SAMPLES; i++) {
        if (channel instanceof SeekableByteChannel seekable) {
          seekable.position(file.getSize() * i / SAMPLES);
        }
        bytes.clear();
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
          // Once more.
        }
        sum.update(bytes.flip());
      }
    } catch (IOException unreadable) {
      return -1;
    }
    return sum.getValue();
  }
}
