package org.surmala.evaluate;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.surmala.io.SongLot;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongSample;

/** Finds near-duplicates among the songs of a sample. */
final class SampleFn extends DoFn<List<SegmentFeatures>, SongSample> {
  private final EvaluateOptions options;
  private final Counter micros = Metrics.counter("surmala", "micros.evaluate");

  SampleFn(EvaluateOptions options) {
    this.options = options;
  }

  /** The part of a song's features that the evaluation needs. */
  static SegmentFeatures slim(SegmentFeatures song) {
    return SegmentFeatures.newBuilder(song)
        .setWindows(null)
        .setPatches(null)
        .setEmbedding(null)
        .setInfo(AudioInfo.newBuilder(song.getInfo()).setLyrics(null).build())
        .build();
  }

  /** The order of songs by {@link SongLot}. */
  static final class Lot implements Comparator<SegmentFeatures>, Serializable {
    private static final long serialVersionUID = 1L;

    private final SongLot.Order order = new SongLot.Order();

    @Override
    public int compare(SegmentFeatures a, SegmentFeatures b) {
      return order.compare(a.getId(), b.getId());
    }
  }

  @ProcessElement
  public void process(@Element List<SegmentFeatures> drawn, OutputReceiver<SongSample> out) {
    long start = System.nanoTime();
    List<SegmentFeatures> songs = new ArrayList<>(drawn);
    songs.sort(Comparator.comparing(SegmentFeatures::getId));
    NearDuplicates.Found found =
        NearDuplicates.among(
            songs.stream().map(SegmentFeatures::getId).toList(),
            SongVectors.of(songs),
            options.featureGroups());
    ByteBuffer groups =
        ByteBuffer.allocate(Integer.BYTES * songs.size()).order(ByteOrder.LITTLE_ENDIAN);
    groups.asIntBuffer().put(found.groups());
    out.output(new SongSample(songs, groups, found.pairs()));
    micros.inc((System.nanoTime() - start) / 1_000);
  }
}
