package org.surmala.train;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.surmala.schema.FeatureBatch;
import org.surmala.schema.SegmentFeatures;

/** Packs the songs of a bundle, window by window, into batches of at most {@value #ROWS}. */
final class PackFn extends DoFn<SegmentFeatures, FeatureBatch> {
  static final int ROWS = 1_024;

  private transient Map<BoundedWindow, List<SegmentFeatures>> unpacked = new LinkedHashMap<>();

  @StartBundle
  public void startBundle() {
    unpacked = new LinkedHashMap<>();
  }

  @ProcessElement
  public void process(
      @Element SegmentFeatures features, BoundedWindow window, OutputReceiver<FeatureBatch> out) {
    List<SegmentFeatures> songs = unpacked.computeIfAbsent(window, w -> new ArrayList<>());
    if (!songs.isEmpty() && !fits(songs.get(0), features)) {
      throw new IllegalArgumentException(
          "songs of two feature specifications can't train one model: "
              + songs.get(0).getSpec()
              + " and "
              + features.getSpec());
    }
    songs.add(features);
    if (songs.size() == ROWS) {
      out.output(pack(songs));
      songs.clear();
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    unpacked.forEach(
        (window, songs) -> {
          if (!songs.isEmpty()) {
            context.output(pack(songs), window.maxTimestamp(), window);
          }
        });
    unpacked.clear();
  }

  private static boolean fits(SegmentFeatures one, SegmentFeatures other) {
    return one.getSpec().equals(other.getSpec()) && one.getDimensions() == other.getDimensions();
  }

  private static FeatureBatch pack(List<SegmentFeatures> songs) {
    int dimensions = songs.get(0).getDimensions();
    ByteBuffer values = ByteBuffer.allocate(songs.size() * dimensions * Float.BYTES);
    List<String> ids = new ArrayList<>();
    for (SegmentFeatures song : songs) {
      ids.add(song.getId());
      values.put(song.getValues().duplicate());
    }
    return new FeatureBatch(songs.get(0).getSpec(), ids, dimensions, values.flip());
  }
}
