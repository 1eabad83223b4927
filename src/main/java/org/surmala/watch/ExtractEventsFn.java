package org.surmala.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.surmala.config.AudioOptions;
import org.surmala.config.PipelineConfig;
import org.surmala.pipeline.CountFailuresFn;
import org.surmala.pipeline.ExtractFeatures;
import org.surmala.read.Read;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.Happening;
import org.surmala.schema.HeardSong;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;
import org.surmala.schema.WatchEvent;
import org.surmala.step.Emitter;
import org.surmala.step.Worker;
import org.surmala.store.FeatureStore;
import org.surmala.store.Recall;
import org.surmala.store.StoredSongs;

/**
 * Takes the file of each TAKEN event through the steps of {@link ExtractFeatures}, and puts what
 * came of it with the event. The event log keeps that before it is given on, so that it survives
 * the process. Other events pass.
 */
final class ExtractEventsFn extends DoFn<WatchEvent, WatchEvent> {
  /** What came of so many files is kept at once, so that a death costs little. */
  private static final int MOST_UNKEPT = 16;

  private final AudioOptions options;
  private final String processed;
  private final FeatureStore store;
  private final FileEventLog history;
  private final Counter recalled = Metrics.counter("surmala", "recalled");
  private final Counter micros = Metrics.counter("surmala", "micros.store");

  private transient @Nullable Worker<KV<Integer, Iterable<SongFile>>, SegmentFeatures> steps;
  private transient @Nullable StoredSongs stored;
  private transient List<Taken> unkept = new ArrayList<>();
  private transient List<Taken> kept = new ArrayList<>();

  ExtractEventsFn(PipelineConfig pipeline, FileEventLog history) {
    this.options = pipeline.audio();
    this.processed = pipeline.processed();
    this.store = pipeline.store();
    this.history = history;
  }

  /** An event and what came of its file: features or a failure. */
  private static final class Taken implements Emitter<SegmentFeatures> {
    private final FileEvent event;
    private final Instant timestamp;
    private final BoundedWindow window;
    private @Nullable SongRef song;
    private @Nullable SegmentFeatures features;
    private @Nullable Failure failure;
    private boolean isNewFailure;

    Taken(FileEvent event, Instant timestamp, BoundedWindow window) {
      this.event = event;
      this.timestamp = timestamp;
      this.window = window;
    }

    @Override
    public void emit(SegmentFeatures value) {
      features = value;
    }

    @Override
    public <S> void emit(TupleTag<S> output, S value) {
      if (output.equals(Read.SONGS)) {
        song = (SongRef) value;
      } else if (output.equals(Recall.KNOWN)) {
        features = (SegmentFeatures) value;
      } else if (value instanceof Failure given) {
        failure = given;
        isNewFailure = !output.equals(Recall.FAILED);
      }
    }

    boolean isOf(SegmentFeatures made) {
      return song != null && song.getId().equals(made.getId());
    }

    FileEvent outcome() {
      SegmentFeatures made = features;
      return FileEvent.newBuilder(event)
          .setSong(song)
          .setFailure(failure)
          .setHeard(
              made == null
                  ? null
                  : new HeardSong(made.getId(), made.getInfo(), made.getLoudnessLufs()))
          .build();
    }
  }

  @Setup
  public void setup() {
    steps = ExtractFeatures.steps(options, processed, store).worker();
    stored = new StoredSongs(store);
  }

  @StartBundle
  public void startBundle() {
    unkept = new ArrayList<>();
    kept = new ArrayList<>();
  }

  @ProcessElement
  public void process(
      @Element WatchEvent event,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    FileEvent file = event.getFile();
    if (file == null || file.getHappening() != Happening.TAKEN || file.getFailure() != null) {
      out.output(event);
      return;
    }
    SongRef known = file.getSong();
    long start = System.nanoTime();
    SegmentFeatures features =
        known == null ? null : Objects.requireNonNull(stored).features(known.getId());
    if (features != null) {
      micros.inc((System.nanoTime() - start) / 1_000);
      recalled.inc();
      out.output(WatchEvent.newBuilder().setFile(file).setFeatures(features).build());
      return;
    }
    Taken taken = new Taken(file, timestamp, window);
    unkept.add(taken);
    Objects.requireNonNull(steps)
        .process(
            KV.of(0, List.of(Objects.requireNonNull(file.getFile(), "a taken file"))),
            new Stored(taken));
    if (unkept.size() >= MOST_UNKEPT) {
      keep();
    }
  }

  /** Features are given when they are stored: some time after their file was taken. */
  private final class Stored implements Emitter<SegmentFeatures> {
    private final @Nullable Taken current;

    Stored(@Nullable Taken current) {
      this.current = current;
    }

    @Override
    public void emit(SegmentFeatures features) {
      unkept.stream().filter(taken -> taken.isOf(features)).forEach(taken -> taken.emit(features));
    }

    @Override
    public <S> void emit(TupleTag<S> output, S value) {
      Objects.requireNonNull(current, "what is no features is given at once").emit(output, value);
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    keep();
    for (Taken taken : kept) {
      context.output(
          WatchEvent.newBuilder().setFile(taken.outcome()).setFeatures(taken.features).build(),
          taken.timestamp,
          taken.window);
    }
  }

  private void keep() throws IOException {
    Objects.requireNonNull(steps).finish(new Stored(null));
    List<Failure> lasting = new ArrayList<>();
    for (Taken taken : unkept) {
      Failure failure = taken.failure;
      if (failure != null && taken.isNewFailure) {
        CountFailuresFn.count(failure);
        if (failure.getId() != null && !failure.getIsTransient()) {
          lasting.add(failure);
        }
      }
    }
    if (!lasting.isEmpty()) {
      store.writeFailures(lasting);
    }
    if (!unkept.isEmpty()) {
      history.keep(unkept.stream().map(Taken::outcome).toList());
    }
    kept.addAll(unkept);
    unkept.clear();
  }
}
