package org.surmala.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.surmala.coder.RecordCoder;
import org.surmala.schema.SegmentFeatures;

/**
 * Stores features, and gives each of them on only when it would survive the death of the process. A
 * file is written for every {@value #FILE_SONGS} songs and at the end of each bundle, whichever
 * comes first: that many songs' work is the most that a kill can cost.
 */
public final class StoreFeatures
    extends PTransform<PCollection<SegmentFeatures>, PCollection<SegmentFeatures>> {
  private static final long serialVersionUID = 1L;
  static final int FILE_SONGS = 16;

  private final FeatureStore store;

  private StoreFeatures(FeatureStore store) {
    this.store = store;
  }

  /** Stores into the given store. */
  public static StoreFeatures into(FeatureStore store) {
    return new StoreFeatures(store);
  }

  @Override
  public PCollection<SegmentFeatures> expand(PCollection<SegmentFeatures> features) {
    return features
        .apply("Write", ParDo.of(new WriteFn(store)))
        .setCoder(RecordCoder.of(SegmentFeatures.class));
  }

  private static final class WriteFn extends DoFn<SegmentFeatures, SegmentFeatures> {
    private final FeatureStore store;
    private final Counter stored = Metrics.counter("surmala", "stored");
    private final Counter micros = Metrics.counter("surmala", "micros.store");
    private transient List<SegmentFeatures> unwritten = new ArrayList<>();
    private transient List<Arrival> arrivals = new ArrayList<>();

    WriteFn(FeatureStore store) {
      this.store = store;
    }

    @StartBundle
    public void startBundle() {
      unwritten = new ArrayList<>();
      arrivals = new ArrayList<>();
    }

    @ProcessElement
    public void process(
        @Element SegmentFeatures features, @Timestamp Instant timestamp, BoundedWindow window)
        throws IOException {
      unwritten.add(features);
      arrivals.add(new Arrival(features, timestamp, window));
      if (unwritten.size() >= FILE_SONGS) {
        flush();
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      flush();
      for (Arrival arrival : arrivals) {
        context.output(arrival.features(), arrival.timestamp(), arrival.window());
      }
    }

    private void flush() throws IOException {
      if (!unwritten.isEmpty()) {
        long start = System.nanoTime();
        store.writeFeatures(unwritten);
        micros.inc((System.nanoTime() - start) / 1_000);
        stored.inc(unwritten.size());
        unwritten.clear();
      }
    }
  }

  private record Arrival(SegmentFeatures features, Instant timestamp, BoundedWindow window) {}
}
