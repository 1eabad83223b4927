package org.surmala.train;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.surmala.model.InputSpec;
import org.surmala.schema.FeatureBatch;
import org.surmala.schema.SegmentFeatures;

/**
 * Packs the songs of a bundle, window by window, into batches of at most {@value #ROWS} songs and
 * about {@value #VALUES} values, separately for each input of the models. The values of large
 * batches are written to files.
 */
final class PackFn extends DoFn<SegmentFeatures, FeatureBatch> {
  static final int ROWS = 1_024;
  static final int VALUES = 1 << 20;

  private final List<ModelSpec> models;
  private final BatchFiles files;
  private transient List<InputSpec> intakes = List.of();
  private transient Map<Open, FeatureBatches> unpacked = new LinkedHashMap<>();

  private record Open(BoundedWindow window, InputSpec inputSpec) {}

  PackFn(List<ModelSpec> models, BatchFiles files) {
    this.models = models;
    this.files = files;
  }

  @StartBundle
  public void startBundle() {
    unpacked = new LinkedHashMap<>();
    intakes = models.stream().map(model -> model.representation().inputSpec()).distinct().toList();
  }

  @ProcessElement
  public void process(
      @Element SegmentFeatures features, BoundedWindow window, OutputReceiver<FeatureBatch> out)
      throws IOException {
    for (InputSpec inputSpec : intakes) {
      FeatureBatches songs =
          unpacked.computeIfAbsent(
              new Open(window, inputSpec), open -> new FeatureBatches(inputSpec));
      songs.add(features);
      if (songs.songs() == ROWS || songs.values() >= VALUES) {
        out.output(files.put(songs.packed()));
      }
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    for (Map.Entry<Open, FeatureBatches> open : unpacked.entrySet()) {
      if (open.getValue().songs() > 0) {
        BoundedWindow window = open.getKey().window();
        context.output(files.put(open.getValue().packed()), window.maxTimestamp(), window);
      }
    }
    unpacked.clear();
  }
}
