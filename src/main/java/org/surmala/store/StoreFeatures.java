package org.surmala.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.io.RecordCoder;
import org.surmala.schema.SegmentFeatures;
import org.surmala.step.Emitter;
import org.surmala.step.Step;
import org.surmala.step.Worker;

/**
 * Stores features, and emits each only after it is on disk. A file is written after every {@value
 * #FILE_SONGS} songs and at the end of each bundle: a kill loses at most this number of songs.
 */
public final class StoreFeatures extends Step<SegmentFeatures, SegmentFeatures> {
  /** The features, stored. */
  public static final TupleTag<SegmentFeatures> STORED = new TupleTag<>("stored") {};

  static final int FILE_SONGS = 16;

  private final FeatureStore store;

  private StoreFeatures(FeatureStore store) {
    super("StoreFeatures", "store", STORED, Map.of(STORED, RecordCoder.of(SegmentFeatures.class)));
    this.store = store;
  }

  /** Stores into the given store. */
  public static StoreFeatures into(FeatureStore store) {
    return new StoreFeatures(store);
  }

  @Override
  protected Worker<SegmentFeatures, SegmentFeatures> work() {
    List<SegmentFeatures> unwritten = new ArrayList<>();
    Counter stored = Metrics.counter("surmala", "stored");
    return new Worker<>() {
      @Override
      public void process(SegmentFeatures features, Emitter<SegmentFeatures> out)
          throws IOException {
        unwritten.add(features);
        if (unwritten.size() >= FILE_SONGS) {
          finish(out);
        }
      }

      @Override
      public void finish(Emitter<SegmentFeatures> out) throws IOException {
        if (!unwritten.isEmpty()) {
          List<SegmentFeatures> written = List.copyOf(unwritten);
          store.writeFeatures(written);
          unwritten.clear();
          stored.inc(written.size());
          for (SegmentFeatures features : written) {
            out.emit(features);
          }
        }
      }
    };
  }
}
