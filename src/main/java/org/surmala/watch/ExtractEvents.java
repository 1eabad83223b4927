package org.surmala.watch;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.config.PipelineConfig;
import org.surmala.featurize.SongAudio;
import org.surmala.io.RecordCoder;
import org.surmala.pipeline.ExtractFeatures;
import org.surmala.read.Read;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;
import org.surmala.schema.WatchEvent;
import org.surmala.step.Step;
import org.surmala.step.Tracker;
import org.surmala.step.Worker;
import org.surmala.store.FeatureStore;
import org.surmala.store.StoredSongs;

/**
 * Extracts the features of the file of each TAKEN event ({@link ExtractFeatures}) and emits the
 * event with its song and its features or failure. The event log stores this outcome before the
 * event is emitted, so that it survives the process. Other events pass unchanged, and so do files
 * whose outcome and features are stored: later stages read them from the store.
 */
final class ExtractEvents extends PTransform<PCollection<WatchEvent>, PCollection<WatchEvent>> {
  private static final long serialVersionUID = 1L;
  private static final Coder<WatchEvent> EVENTS = RecordCoder.of(WatchEvent.class);

  /** Events with the outcome of their files, and events that pass unchanged. */
  private static final TupleTag<WatchEvent> EXTRACTED = new TupleTag<>("extracted") {};

  private final PipelineConfig config;
  private final FileEventLog log;

  private ExtractEvents(PipelineConfig config, FileEventLog log) {
    this.config = config;
    this.log = log;
  }

  /** Extracts by the given configuration and stores outcomes in the log. */
  static ExtractEvents with(PipelineConfig config, FileEventLog log) {
    return new ExtractEvents(config, log);
  }

  @Override
  public PCollection<WatchEvent> expand(PCollection<WatchEvent> events) {
    FeatureStore store = config.store();
    Step<WatchEvent, WatchEvent> steps =
        new SelectFiles(store)
            .then(
                ExtractFeatures.steps(config.audio(), config.processed(), store)
                    .tracked(new Outcome(config.songAudio())));
    return ExtractFeatures.apply(steps, events)
        .get(EXTRACTED)
        .apply("KeepOutcomes", ParDo.of(new KeepOutcomesFn(store, log, config.maxSeconds())))
        .setCoder(EVENTS);
  }

  /** Separates files to read from events that pass unchanged and from stored songs. */
  private static final class SelectFiles
      extends Step<WatchEvent, KV<WatchEvent, KV<Integer, Iterable<SongFile>>>> {
    private static final long serialVersionUID = 1L;
    private static final TupleTag<KV<WatchEvent, KV<Integer, Iterable<SongFile>>>> SELECTED =
        new TupleTag<>("selected") {};

    private final FeatureStore store;

    SelectFiles(FeatureStore store) {
      super(
          "SelectFiles",
          "store",
          SELECTED,
          Map.of(
              SELECTED,
              KvCoder.of(
                  EVENTS,
                  KvCoder.of(VarIntCoder.of(), IterableCoder.of(RecordCoder.of(SongFile.class)))),
              EXTRACTED,
              EVENTS));
      this.store = store;
    }

    @Override
    protected Worker<WatchEvent, KV<WatchEvent, KV<Integer, Iterable<SongFile>>>> work() {
      StoredSongs stored = new StoredSongs(store);
      Counter recalled = Metrics.counter("surmala", "recalled");
      return (event, out) -> {
        FileEvent file = event.getFile();
        if (file == null || file.getType() != FileEventType.TAKEN || file.getFailure() != null) {
          out.emit(EXTRACTED, event);
          return;
        }
        SongAudioInfo known = file.getAudio();
        if (known != null && stored.has(known.getId())) {
          recalled.inc();
          out.emit(EXTRACTED, event);
          return;
        }
        out.emit(
            KV.of(
                WatchEvent.newBuilder(event).setUnkept(true).build(),
                KV.of(0, List.of(Objects.requireNonNull(file.getFile(), "a taken file")))));
      };
    }
  }

  /** Collects the outcome of an event's file. */
  private static final class Outcome implements Tracker<WatchEvent> {
    private static final long serialVersionUID = 1L;

    private final SongAudio songAudio;

    Outcome(SongAudio songAudio) {
      this.songAudio = songAudio;
    }

    @Override
    public TupleTag<WatchEvent> ended() {
      return EXTRACTED;
    }

    @Override
    public Coder<WatchEvent> coder() {
      return EVENTS;
    }

    @Override
    public <S> WatchEvent with(WatchEvent event, TupleTag<S> output, S value) {
      FileEvent.Builder file = FileEvent.newBuilder(Objects.requireNonNull(event.getFile()));
      WatchEvent.Builder made = WatchEvent.newBuilder(event);
      if (value instanceof SegmentFeatures features) {
        made.setFeatures(features);
        file.setAudio(songAudio.of(features));
      } else if (value instanceof Failure failure) {
        file.setFailure(failure);
      } else if (output.equals(Read.SONGS)) {
        file.setSong((SongRef) value);
      }
      return made.setFile(file.build()).build();
    }

    @Override
    public boolean isEnd(Object value) {
      return value instanceof SegmentFeatures || value instanceof Failure;
    }
  }
}
