package org.surmala.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.pipeline.ExtractFeatures.Extraction;
import org.surmala.read.History;
import org.surmala.read.SongIdentifier;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.Happening;
import org.surmala.schema.HeardSong;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;
import org.surmala.schema.WatchEvent;
import org.surmala.step.Worker;
import org.surmala.store.FeatureStore;
import org.surmala.store.StoredSongs;

/**
 * Finds out what taken files are: from the history, from the feature store, or by listening. What
 * was found survives the death of the process before it is given on. Other events pass.
 */
final class HearFn extends DoFn<WatchEvent, WatchEvent> {
  /** What is found of so many files is kept at once, so that a death costs little. */
  private static final int MOST_UNKEPT = 16;

  private final AudioOptions options;
  private final String processed;
  private final FeatureStore store;
  private final History history;
  private final Counter heard = Metrics.counter("surmala", "heard");
  private final Counter recalled = Metrics.counter("surmala", "recalled");
  private final Counter failed = Metrics.counter("surmala", "failed");

  private transient @Nullable Tools tools;
  private transient List<Held> held = new ArrayList<>();
  private transient List<FileEvent> outcomes = new ArrayList<>();
  private transient List<SegmentFeatures> unstored = new ArrayList<>();
  private transient List<Failure> lasting = new ArrayList<>();

  HearFn(PipelineConfig pipeline, History history) {
    this.options = pipeline.audio();
    this.processed = pipeline.processed();
    this.store = pipeline.store();
    this.history = history;
  }

  private record Tools(
      SongIdentifier identifier, Worker<SongRef, SegmentFeatures> extractor, StoredSongs stored) {}

  private record Held(WatchEvent event, Instant timestamp, BoundedWindow window) {}

  @Setup
  public void setup() {
    tools =
        new Tools(
            new SongIdentifier(),
            ExtractFeatures.fromSound(options, options.keepsSegments() ? processed : null).worker(),
            new StoredSongs(store));
  }

  @StartBundle
  public void startBundle() {
    held = new ArrayList<>();
    outcomes = new ArrayList<>();
    unstored = new ArrayList<>();
    lasting = new ArrayList<>();
  }

  @ProcessElement
  public void process(
      @Element WatchEvent event,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    FileEvent file = event.getFile();
    if (file == null || file.getHappening() != Happening.TAKEN) {
      out.output(event);
      return;
    }
    held.add(new Held(outcome(file, Objects.requireNonNull(tools)), timestamp, window));
    if (outcomes.size() >= MOST_UNKEPT) {
      keep();
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    keep();
    for (Held event : held) {
      context.output(event.event(), event.timestamp(), event.window());
    }
  }

  private void keep() throws IOException {
    if (!unstored.isEmpty()) {
      store.writeFeatures(unstored);
      unstored.clear();
    }
    if (!lasting.isEmpty()) {
      store.writeFailures(lasting);
      lasting.clear();
    }
    if (!outcomes.isEmpty()) {
      history.keep(outcomes);
      outcomes.clear();
    }
  }

  private WatchEvent outcome(FileEvent file, Tools ready) throws IOException {
    SongRef known = file.getSong();
    Failure failure = file.getFailure();
    if (failure != null) {
      return WatchEvent.newBuilder().setFile(file).build();
    }
    if (known != null) {
      SegmentFeatures features = ready.stored().features(known.getId());
      if (features != null) {
        recalled.inc();
        return WatchEvent.newBuilder().setFile(file).setFeatures(features).build();
      }
    }
    return listen(file, ready);
  }

  private WatchEvent listen(FileEvent file, Tools ready) throws IOException {
    SongFile found = Objects.requireNonNull(file.getFile());
    FileEvent.Builder outcome = FileEvent.newBuilder(file).setSong(null).setHeard(null);
    SegmentFeatures features = null;
    try {
      SongRef song = ready.identifier().identify(found);
      outcome.setSong(song);
      Failure lastTime = ready.stored().failure(song.getId());
      features = ready.stored().features(song.getId());
      if (features != null) {
        recalled.inc();
      } else if (lastTime != null) {
        outcome.setFailure(
            Failure.newBuilder(lastTime)
                .setUri(song.getUri())
                .setFilepath(song.getFilepath())
                .build());
      } else {
        Extraction made = Extraction.of(song, ready.extractor());
        features = made.features();
        Failure given = made.failure();
        if (features != null) {
          unstored.add(features);
          heard.inc();
        } else if (given != null) {
          CountFailuresFn.count(given);
          outcome.setFailure(given);
          if (!given.getIsTransient()) {
            lasting.add(given);
          }
        }
      }
    } catch (SongException e) {
      failed.inc();
      Failure failure = e.toFailure(null, found.getUri(), found.getFilepath());
      CountFailuresFn.count(failure);
      outcome.setFailure(failure);
    }
    if (features != null) {
      outcome.setHeard(
          new HeardSong(features.getId(), features.getInfo(), features.getLoudnessLufs()));
    }
    FileEvent done = outcome.build();
    outcomes.add(done);
    return WatchEvent.newBuilder().setFile(done).setFeatures(features).build();
  }
}
