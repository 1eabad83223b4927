package org.surmala.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.surmala.pipeline.CountFailuresFn;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.WatchEvent;
import org.surmala.store.FeatureStore;
import org.surmala.store.StoredSongs;

/**
 * Stores the outcomes of taken files in the event log, and permanent failures in the feature store,
 * before it emits the events. Other events pass unchanged.
 */
final class KeepOutcomesFn extends DoFn<WatchEvent, WatchEvent> {
  /** Outcomes are stored in batches of this size, so that a crash loses little work. */
  private static final int MOST_UNKEPT = 16;

  private final FeatureStore store;
  private final FileEventLog log;
  private final double maxSeconds;
  private transient @Nullable StoredSongs stored;
  private transient List<Held> held = new ArrayList<>();
  private transient int kept;

  /**
   * @param maxSeconds length above which a song is skipped
   */
  KeepOutcomesFn(FeatureStore store, FileEventLog log, double maxSeconds) {
    this.store = store;
    this.log = log;
    this.maxSeconds = maxSeconds;
  }

  /** An event that is emitted at the end of the bundle. */
  private record Held(WatchEvent event, Instant timestamp, BoundedWindow window) {
    FileEvent file() {
      return Objects.requireNonNull(event.getFile());
    }
  }

  @Setup
  public void setup() {
    stored = new StoredSongs(store);
  }

  @StartBundle
  public void startBundle() {
    held = new ArrayList<>();
    kept = 0;
  }

  @ProcessElement
  public void process(
      @Element WatchEvent event,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    if (!event.getUnkept()) {
      out.output(event);
      return;
    }
    held.add(new Held(outcome(event), timestamp, window));
    if (held.size() - kept >= MOST_UNKEPT) {
      keep();
    }
  }

  private WatchEvent outcome(WatchEvent event) {
    WatchEvent.Builder outcome = WatchEvent.newBuilder(event).setUnkept(false);
    FileEvent file = Objects.requireNonNull(event.getFile());
    SongAudioInfo audio = file.getAudio();
    if (audio != null && audio.getInfo().getDurationSeconds() > maxSeconds) {
      outcome
          .setFeatures(null)
          .setFile(
              FileEvent.newBuilder(file)
                  .setType(FileEventType.SKIPPED)
                  .setSkip(SkipReason.TOO_LONG)
                  .setSong(null)
                  .setAudio(null)
                  .build());
    }
    return outcome.build();
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    keep();
    held.forEach(last -> context.output(last.event(), last.timestamp(), last.window()));
    held.clear();
  }

  private void keep() throws IOException {
    List<FileEvent> outcomes = held.subList(kept, held.size()).stream().map(Held::file).toList();
    List<Failure> lasting = new ArrayList<>();
    for (FileEvent outcome : outcomes) {
      Failure failure = outcome.getFailure();
      if (failure != null && isNew(failure)) {
        CountFailuresFn.count(failure);
        if (failure.getId() != null && !failure.getIsTransient()) {
          lasting.add(failure);
        }
      }
    }
    if (!lasting.isEmpty()) {
      store.writeFailures(lasting);
    }
    if (!outcomes.isEmpty()) {
      log.keep(outcomes);
    }
    kept = held.size();
  }

  private boolean isNew(Failure failure) throws IOException {
    String id = failure.getId();
    return id == null || Objects.requireNonNull(stored).failure(id) == null;
  }
}
