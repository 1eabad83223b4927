package org.surmala.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.SetState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.surmala.checkpoint.CheckpointFile;
import org.surmala.coder.RecordCoder;
import org.surmala.files.FolderFiles;
import org.surmala.metric.PageCusum;
import org.surmala.schema.Edition;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.FileEvent;
import org.surmala.schema.Look;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.schema.Tally;
import org.surmala.schema.WatchEvent;
import org.surmala.store.StoredSongs;

/**
 * Trains: counts new songs, and when a rule says so makes the next {@link Edition} from what the
 * feature store and the history hold.
 *
 * <p>Events come in any order, and are counted in the history's: the first edition, and one by
 * count or drift, depend on the history alone, whenever its events were heard and however often the
 * process died meanwhile. One by timer or demand is made when every event that was announced has
 * been counted.
 */
final class RefitFn extends DoFn<KV<String, WatchEvent>, WatchEvent> {
  /** A gauge holds whole numbers only. */
  private static final double LOSS_UNITS = 1e6;

  private static final int HEXADECIMAL = 16;

  private final WatchConfig config;
  private transient @Nullable WatchedAnnotation annotation;
  private final Counter editions = Metrics.counter("surmala", "editions");
  private final Counter micros = Metrics.counter("surmala", "micros.train");

  /** How far the history is counted, the last edition, and the statistic of drift. */
  @StateId("tally")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Tally>> tallySpec =
      StateSpecs.value(RecordCoder.of(Tally.class));

  /** Events that came before earlier ones, by their number; as many as are in flight. */
  @StateId("ahead")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<Long, FileEvent>> aheadSpec =
      StateSpecs.map(VarLongCoder.of(), RecordCoder.of(FileEvent.class));

  /** Songs counted since the last edition; cleared by the next. */
  @StateId("fresh")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<SetState<String>> freshSpec = StateSpecs.set(StringUtf8Coder.of());

  /** When an edition is due whatever the count. */
  @TimerId("due")
  @SuppressWarnings("unused") // Beam reads it.
  private final TimerSpec dueSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  private transient boolean isSettled;

  RefitFn(WatchConfig config) {
    this.config = config;
  }

  @Setup
  public void setup() {
    annotation = new WatchedAnnotation(config);
  }

  @ProcessElement
  public void process(
      @Element KV<String, WatchEvent> element,
      @StateId("tally") ValueState<Tally> tallyState,
      @StateId("ahead") MapState<Long, FileEvent> ahead,
      @StateId("fresh") SetState<String> fresh,
      @TimerId("due") Timer due,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    Tally before = tallyState.read();
    if (before == null) {
      setTimer(due);
    }
    Tally tally = settled(before, ahead, fresh, out);
    WatchEvent event = element.getValue();
    FileEvent file = event.getFile();
    Look look = event.getLook();
    if (file != null && file.getNumber() > tally.getPrefix()) {
      ahead.put(file.getNumber(), file);
      tally = count(tally, ahead, fresh, out);
    } else if (look != null) {
      tally = Tally.newBuilder(tally).setLast(Math.max(tally.getLast(), look.getLast())).build();
      if (isCaughtUp(tally) && isDemanded()) {
        tally = make(tally, fresh, "demand", out);
        // Only now: a death before it leaves the demand standing.
        FileSystems.delete(
            List.of(FileSystems.matchNewResource(config.demand(), false)),
            StandardMoveOptions.IGNORE_MISSING_FILES);
      }
      if (look.getEnding() && isCaughtUp(tally)) {
        Edition edition = tally.getEdition();
        Look counted =
            Look.newBuilder(look).setEdition(edition == null ? 0 : edition.getNumber()).build();
        out.output(WatchEvent.newBuilder().setLook(counted).build());
      }
    }
    tallyState.write(tally);
  }

  @OnTimer("due")
  public void onDue(
      @StateId("tally") ValueState<Tally> tallyState,
      @StateId("ahead") MapState<Long, FileEvent> ahead,
      @StateId("fresh") SetState<String> fresh,
      @TimerId("due") Timer due,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    Tally tally = settled(tallyState.read(), ahead, fresh, out);
    if (isCaughtUp(tally) && tally.getEdition() != null && tally.getFresh() > 0) {
      tally = make(tally, fresh, "timer", out);
    }
    tallyState.write(tally);
    setTimer(due);
  }

  private void setTimer(Timer due) {
    if (config.rules().refitMinutes() > 0) {
      long millis = Math.round(config.rules().refitMinutes() * TimeUnit.MINUTES.toMillis(1));
      due.offset(Duration.millis(millis)).setRelative();
    }
  }

  /**
   * At a start, with no state or with one from before an edition that is on disk: the last edition
   * is given on, and what it knows is counted already. The history makes the same editions however
   * often it is followed.
   */
  private Tally settled(
      @Nullable Tally before,
      MapState<Long, FileEvent> ahead,
      SetState<String> fresh,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    Tally tally =
        before == null
            ? Tally.newBuilder().setPrefix(0).setFresh(0).setDrift(0).setLast(0).build()
            : before;
    if (isSettled) {
      return tally;
    }
    isSettled = true;
    Edition later = config.editions().after(tally.getEdition());
    if (later == null) {
      return tally;
    }
    out.output(WatchEvent.newBuilder().setEdition(later).build());
    fresh.clear();
    List<Long> waiting = new ArrayList<>();
    ahead.keys().read().forEach(waiting::add);
    waiting.stream().filter(number -> number <= later.getThrough()).forEach(ahead::remove);
    return Tally.newBuilder(tally)
        .setPrefix(Math.max(tally.getPrefix(), later.getThrough()))
        .setEdition(later)
        .setFresh(0)
        .setDrift(0)
        .build();
  }

  private static boolean isCaughtUp(Tally tally) {
    return tally.getPrefix() >= tally.getLast();
  }

  private boolean isDemanded() throws IOException {
    return FolderFiles.find(config.demand()) != null;
  }

  private Tally count(
      Tally before,
      MapState<Long, FileEvent> ahead,
      SetState<String> fresh,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    Tally tally = before;
    FileEvent event = ahead.get(tally.getPrefix() + 1).read();
    while (event != null) {
      long number = tally.getPrefix() + 1;
      ahead.remove(number);
      tally = Tally.newBuilder(tally).setPrefix(number).build();
      SongRef song = event.getFailure() == null ? event.getSong() : null;
      if (song != null && isNew(tally.getEdition(), fresh, song.getId())) {
        fresh.add(song.getId());
        tally = withDrift(Tally.newBuilder(tally).setFresh(tally.getFresh() + 1).build(), song);
      }
      String cause = tally.getFresh() > 0 ? cause(tally, event) : null;
      if (cause != null) {
        tally = make(tally, fresh, cause, out);
      }
      event = ahead.get(number + 1).read();
    }
    return tally;
  }

  private boolean isNew(@Nullable Edition edition, SetState<String> fresh, String id)
      throws IOException {
    return !Boolean.TRUE.equals(fresh.contains(id).read())
        && (edition == null || !LoadedEdition.of(edition, config).has(id));
  }

  private Tally withDrift(Tally tally, SongRef song) throws IOException {
    Edition edition = tally.getEdition();
    if (edition == null) {
      return tally;
    }
    LoadedEdition loaded = LoadedEdition.of(edition, config);
    PageCusum drift = loaded.drift();
    if (drift == null) {
      return tally;
    }
    SegmentFeatures features = new StoredSongs(config.pipeline().store()).require(song.getId());
    double distance = loaded.distance(Objects.requireNonNull(annotation).with(features, song));
    return Tally.newBuilder(tally).setDrift(drift.next(tally.getDrift(), distance)).build();
  }

  /** The first model waits for all that one poll noticed: the songs that are there at a start. */
  private @Nullable String cause(Tally tally, FileEvent event) throws IOException {
    int count = tally.getFresh();
    Edition edition = tally.getEdition();
    if (edition == null) {
      Long lastOfPoll = event.getLastOfPoll();
      boolean isLast = lastOfPoll == null || event.getNumber() >= lastOfPoll;
      return isLast && count >= config.rules().firstSongs() ? "first" : null;
    }
    if (config.rules().refitSongs() > 0 && count >= config.rules().refitSongs()) {
      return "count";
    }
    PageCusum drift = LoadedEdition.of(edition, config).drift();
    return drift != null && drift.alarms(tally.getDrift()) ? "drift" : null;
  }

  private Tally make(
      Tally tally, SetState<String> fresh, String cause, OutputReceiver<WatchEvent> out)
      throws IOException {
    long start = System.nanoTime();
    Edition edition = new EditionMaker(config).make(tally.getEdition(), tally.getPrefix(), cause);
    micros.inc(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
    if (edition == null) {
      return tally;
    }
    editions.inc();
    show(edition.getCheckpoint());
    fresh.clear();
    out.output(WatchEvent.newBuilder().setEdition(edition).build());
    return Tally.newBuilder(tally).setEdition(edition).setFresh(0).setDrift(0).build();
  }

  /** What the trainer of a run would show of the fit. */
  private static void show(ModelCheckpoint checkpoint) throws IOException {
    Metrics.gauge("surmala", "version." + checkpoint.getName())
        .set(Long.parseLong(checkpoint.getVersion(), HEXADECIMAL));
    List<EpochLoss> epochs = CheckpointFile.read(checkpoint).getHistory();
    if (!epochs.isEmpty()) {
      Metrics.gauge("surmala", "loss." + checkpoint.getName())
          .set(Math.round(epochs.get(epochs.size() - 1).getTotal() * LOSS_UNITS));
    }
  }
}
