package org.surmala.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.surmala.io.FolderFiles;
import org.surmala.io.PathText;
import org.surmala.io.RecordCoder;
import org.surmala.metric.CusumDriftDetector;
import org.surmala.schema.CountedEvent;
import org.surmala.schema.Edition;
import org.surmala.schema.Look;
import org.surmala.schema.RefitRequest;
import org.surmala.schema.Tally;
import org.surmala.schema.WatchEvent;

/**
 * Counts new songs, and when a rule says so requests the fit of the next model version. The fit is
 * a job of its own; until it has come nothing more is counted, while songs go on being assigned.
 *
 * <p>Events come in any order, and are counted in the history's: the first version, and one by
 * count or drift, depend on the history alone, whenever its events came and however often the
 * process died meanwhile. One by timer or demand is requested when every event that was announced
 * has been counted.
 */
final class RequestRefitFn extends DoFn<KV<String, WatchEvent>, WatchEvent> {
  private final WatchConfig config;
  private final Counter requests = Metrics.counter("surmala", "refit_requests");

  /** How far the history is counted, the model version, and the statistic of drift. */
  @StateId("tally")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Tally>> tallySpec =
      StateSpecs.value(RecordCoder.of(Tally.class));

  /**
   * Events that cannot be counted yet, by their number: as many as are in flight, or came during a
   * fit.
   */
  @StateId("ahead")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<Long, CountedEvent>> aheadSpec =
      StateSpecs.map(VarLongCoder.of(), RecordCoder.of(CountedEvent.class));

  /** Songs counted since the last version; cleared by the next. */
  @StateId("fresh")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<SetState<String>> freshSpec = StateSpecs.set(StringUtf8Coder.of());

  /** When a fit is due whatever the count. */
  @TimerId("due")
  @SuppressWarnings("unused") // Beam reads it.
  private final TimerSpec dueSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  private transient boolean isCompared;

  RequestRefitFn(WatchConfig config) {
    this.config = config;
  }

  @ProcessElement
  public void process(
      @Element KV<String, WatchEvent> element,
      @StateId("tally") ValueState<Tally> tallyState,
      @StateId("ahead") MapState<Long, CountedEvent> ahead,
      @StateId("fresh") SetState<String> fresh,
      @TimerId("due") Timer due,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    Tally before = tallyState.read();
    if (before == null) {
      setTimer(due);
    }
    Tally tally = current(before, ahead, fresh);
    WatchEvent event = element.getValue();
    tally = withVersion(tally, event.getEdition(), ahead, fresh);
    for (CountedEvent counted : event.getCounted()) {
      if (counted.getNumber() > tally.getPrefix()) {
        ahead.put(counted.getNumber(), counted);
      }
    }
    tally = count(tally, ahead, fresh, out);
    Look look = event.getLook();
    if (look != null) {
      tally = look(tally, look, out);
    }
    tallyState.write(tally);
  }

  @OnTimer("due")
  public void onDue(
      @StateId("tally") ValueState<Tally> tallyState,
      @StateId("ahead") MapState<Long, CountedEvent> ahead,
      @StateId("fresh") SetState<String> fresh,
      @TimerId("due") Timer due,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    Tally tally = current(tallyState.read(), ahead, fresh);
    if (isCaughtUp(tally) && tally.getEdition() != null && tally.getFresh() > 0) {
      tally = request(tally, "timer", out);
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

  /** At a start, with no state or with one from before a version that is on disk, that version. */
  private Tally current(
      @Nullable Tally before, MapState<Long, CountedEvent> ahead, SetState<String> fresh)
      throws IOException {
    Tally tally =
        before == null
            ? Tally.newBuilder().setPrefix(0).setFresh(0).setDrift(0).setLast(0).build()
            : before;
    if (isCompared) {
      return tally;
    }
    isCompared = true;
    tally = withVersion(tally, config.editions().after(tally.getEdition()), ahead, fresh);
    // One by timer or demand does not follow from the history.
    return tally.getRequest() == null
        ? Tally.newBuilder(tally).setRequest(config.editions().request()).build()
        : tally;
  }

  /** What a version knows is counted. */
  private static Tally withVersion(
      Tally tally,
      @Nullable Edition next,
      MapState<Long, CountedEvent> ahead,
      SetState<String> fresh) {
    Edition version = tally.getEdition();
    if (next == null || (version != null && next.getNumber() <= version.getNumber())) {
      return tally;
    }
    fresh.clear();
    List<Long> waiting = new ArrayList<>();
    ahead.keys().read().forEach(waiting::add);
    waiting.stream().filter(number -> number <= next.getThrough()).forEach(ahead::remove);
    RefitRequest request = tally.getRequest();
    return Tally.newBuilder(tally)
        .setPrefix(Math.max(tally.getPrefix(), next.getThrough()))
        .setEdition(next)
        .setFresh(0)
        .setDrift(0)
        .setRequest(request == null || request.getNumber() <= next.getNumber() ? null : request)
        .build();
  }

  private static boolean isCaughtUp(Tally tally) {
    return tally.getPrefix() >= tally.getLast() && tally.getRequest() == null;
  }

  private Tally count(
      Tally before,
      MapState<Long, CountedEvent> ahead,
      SetState<String> fresh,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    Tally tally = before;
    CountedEvent event = next(tally, ahead);
    while (event != null) {
      ahead.remove(event.getNumber());
      tally = Tally.newBuilder(tally).setPrefix(event.getNumber()).build();
      String song = event.getSong();
      if (song != null && !event.getFitted() && !Boolean.TRUE.equals(fresh.contains(song).read())) {
        fresh.add(song);
        tally =
            Tally.newBuilder(tally)
                .setFresh(tally.getFresh() + 1)
                .setDrift(drift(tally, event.getDistance()))
                .build();
      }
      String cause = tally.getFresh() > 0 ? cause(tally, event) : null;
      if (cause != null) {
        tally = request(tally, cause, out);
      }
      event = next(tally, ahead);
    }
    return tally;
  }

  /**
   * The next event to count: none while a fit is due, or until the shard of the song has asked the
   * same version.
   */
  private static @Nullable CountedEvent next(Tally tally, MapState<Long, CountedEvent> ahead) {
    if (tally.getRequest() != null) {
      return null;
    }
    CountedEvent event = ahead.get(tally.getPrefix() + 1).read();
    Edition version = tally.getEdition();
    int number = version == null ? 0 : version.getNumber();
    return event == null || (event.getSong() != null && event.getEdition() != number)
        ? null
        : event;
  }

  private double drift(Tally tally, @Nullable Double distance) throws IOException {
    CusumDriftDetector drift = drift(tally);
    return drift == null || distance == null
        ? tally.getDrift()
        : drift.next(tally.getDrift(), distance);
  }

  private @Nullable CusumDriftDetector drift(Tally tally) throws IOException {
    Edition version = tally.getEdition();
    return version == null ? null : ServingModel.of(version, config).drift();
  }

  /** The first model waits for all that one poll noticed: the songs that are there at a start. */
  private @Nullable String cause(Tally tally, CountedEvent event) throws IOException {
    int count = tally.getFresh();
    if (tally.getEdition() == null) {
      Long lastOfPoll = event.getLastOfPoll();
      boolean isLast = lastOfPoll == null || event.getNumber() >= lastOfPoll;
      return isLast && count >= config.rules().firstSongs() ? "first" : null;
    }
    if (config.rules().refitSongs() > 0 && count >= config.rules().refitSongs()) {
      return "count";
    }
    CusumDriftDetector drift = drift(tally);
    return drift != null && drift.alarms(tally.getDrift()) ? "drift" : null;
  }

  private Tally look(Tally before, Look look, OutputReceiver<WatchEvent> out) throws IOException {
    Tally tally =
        Tally.newBuilder(before).setLast(Math.max(before.getLast(), look.getLast())).build();
    if (tally.getRequest() != null && config.editions().request() == null) {
      Edition version = tally.getEdition();
      Edition last = config.editions().after(version);
      // Whoever fits has found too few songs; the version that has come is on its way here.
      if (last == null) {
        tally = Tally.newBuilder(tally).setRequest(null).build();
      }
    }
    if (isCaughtUp(tally) && FolderFiles.find(config.demand()) != null) {
      tally = request(tally, "demand", out);
      // Only now: a death before it leaves the demand standing.
      FileSystems.delete(
          List.of(PathText.file(config.demand())), StandardMoveOptions.IGNORE_MISSING_FILES);
    }
    if (look.getEnding() && isCaughtUp(tally)) {
      Edition version = tally.getEdition();
      Look counted =
          Look.newBuilder(look).setEdition(version == null ? 0 : version.getNumber()).build();
      out.output(WatchEvent.newBuilder().setLook(counted).build());
    }
    return tally;
  }

  private Tally request(Tally tally, String cause, OutputReceiver<WatchEvent> out)
      throws IOException {
    Edition version = tally.getEdition();
    RefitRequest request =
        new RefitRequest(
            version == null ? 1 : version.getNumber() + 1,
            tally.getPrefix(),
            cause,
            Instant.now().getMillis());
    config.editions().request(request);
    requests.inc();
    out.output(WatchEvent.newBuilder().setRequest(request).build());
    return Tally.newBuilder(tally).setRequest(request).build();
  }
}
