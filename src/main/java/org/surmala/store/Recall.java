package org.surmala.store;

import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.io.RecordCoder;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.step.Step;
import org.surmala.step.Worker;

/**
 * Looks songs up in the feature store. Each song is in exactly one output: its stored features, its
 * stored failure, or the song itself if it is unknown.
 */
public final class Recall extends Step<SongRef, SongRef> {
  /** Songs that are not in the store. */
  public static final TupleTag<SongRef> UNKNOWN = new TupleTag<>("unknown") {};

  /** Features of stored songs. */
  public static final TupleTag<SegmentFeatures> KNOWN = new TupleTag<>("known") {};

  /** Stored failures, with the songs' present paths. */
  public static final TupleTag<Failure> FAILED = new TupleTag<>("failed") {};

  private final FeatureStore store;

  private Recall(FeatureStore store) {
    super(
        "Recall",
        "store",
        UNKNOWN,
        Map.of(
            UNKNOWN, RecordCoder.of(SongRef.class),
            KNOWN, RecordCoder.of(SegmentFeatures.class),
            FAILED, RecordCoder.of(Failure.class)));
    this.store = store;
  }

  /** Looks up in the given store. */
  public static Recall from(FeatureStore store) {
    return new Recall(store);
  }

  @Override
  protected Worker<SongRef, SongRef> work() {
    StoredSongs stored = new StoredSongs(store);
    Counter recalled = Metrics.counter("surmala", "recalled");
    return (song, out) -> {
      SegmentFeatures known = stored.features(song.getId());
      Failure failure = known == null ? stored.failure(song.getId()) : null;
      if (known != null) {
        recalled.inc();
        out.emit(KNOWN, known);
      } else if (failure != null) {
        out.emit(
            FAILED,
            Failure.newBuilder(failure)
                .setUri(song.getUri())
                .setFilepath(song.getFilepath())
                .build());
      } else {
        out.emit(song);
      }
    };
  }
}
