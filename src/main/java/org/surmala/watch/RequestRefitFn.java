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
import org.apache.beam.sdk.metrics.Gauge;
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
import org.surmala.schema.ModelVersion;
import org.surmala.schema.Poll;
import org.surmala.schema.RefitCounter;
import org.surmala.schema.RefitRequest;
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
  private static final double THOUSAND = 1_000;

  private final WatchConfig config;
  private final Counter requests = Metrics.counter("surmala", "refit_requests");

  /** The statistic of drift, in thousandths of the value at which a refit is due. */
  private final Gauge drift = Metrics.gauge("surmala", "drift");

  /** How far the history is counted, the model version, and the statistic of drift. */
  @StateId("counter")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<RefitCounter>> tallySpec =
      StateSpecs.value(RecordCoder.of(RefitCounter.class));

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
      @StateId("counter") ValueState<RefitCounter> counterState,
      @StateId("ahead") MapState<Long, CountedEvent> ahead,
      @StateId("fresh") SetState<String> fresh,
      @TimerId("due") Timer due,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    RefitCounter before = counterState.read();
    if (before == null) {
      setTimer(due);
    }
    RefitCounter refitCounter = current(before, ahead, fresh);
    WatchEvent event = element.getValue();
    refitCounter = withVersion(refitCounter, event.getVersion(), ahead, fresh);
    for (CountedEvent counted : event.getCounted()) {
      if (counted.getNumber() > refitCounter.getPrefix()) {
        ahead.put(counted.getNumber(), counted);
      }
    }
    refitCounter = count(refitCounter, ahead, fresh, out);
    Poll poll = event.getPoll();
    if (poll != null) {
      refitCounter = poll(refitCounter, poll, out);
    }
    counterState.write(refitCounter);
  }

  @OnTimer("due")
  public void onDue(
      @StateId("counter") ValueState<RefitCounter> counterState,
      @StateId("ahead") MapState<Long, CountedEvent> ahead,
      @StateId("fresh") SetState<String> fresh,
      @TimerId("due") Timer due,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    RefitCounter refitCounter = current(counterState.read(), ahead, fresh);
    if (isCaughtUp(refitCounter)
        && refitCounter.getVersion() != null
        && refitCounter.getFresh() > 0) {
      refitCounter = request(refitCounter, "timer", out);
    }
    counterState.write(refitCounter);
    setTimer(due);
  }

  private void setTimer(Timer due) {
    if (config.rules().refitMinutes() > 0) {
      long millis = Math.round(config.rules().refitMinutes() * TimeUnit.MINUTES.toMillis(1));
      due.offset(Duration.millis(millis)).setRelative();
    }
  }

  /** At a start, with no state or with one from before a version that is on disk, that version. */
  private RefitCounter current(
      @Nullable RefitCounter before, MapState<Long, CountedEvent> ahead, SetState<String> fresh)
      throws IOException {
    RefitCounter refitCounter =
        before == null
            ? RefitCounter.newBuilder().setPrefix(0).setFresh(0).setDrift(0).setLast(0).build()
            : before;
    if (isCompared) {
      return refitCounter;
    }
    isCompared = true;
    refitCounter =
        withVersion(refitCounter, config.versions().after(refitCounter.getVersion()), ahead, fresh);
    // One by timer or demand does not follow from the history.
    return refitCounter.getRequest() == null
        ? RefitCounter.newBuilder(refitCounter).setRequest(config.versions().request()).build()
        : refitCounter;
  }

  /** What a version knows is counted. */
  private static RefitCounter withVersion(
      RefitCounter refitCounter,
      @Nullable ModelVersion next,
      MapState<Long, CountedEvent> ahead,
      SetState<String> fresh) {
    ModelVersion version = refitCounter.getVersion();
    if (next == null || (version != null && next.getNumber() <= version.getNumber())) {
      return refitCounter;
    }
    fresh.clear();
    List<Long> waiting = new ArrayList<>();
    ahead.keys().read().forEach(waiting::add);
    waiting.stream().filter(number -> number <= next.getThrough()).forEach(ahead::remove);
    RefitRequest request = refitCounter.getRequest();
    return RefitCounter.newBuilder(refitCounter)
        .setPrefix(Math.max(refitCounter.getPrefix(), next.getThrough()))
        .setVersion(next)
        .setFresh(0)
        .setDrift(0)
        .setRequest(request == null || request.getNumber() <= next.getNumber() ? null : request)
        .build();
  }

  private static boolean isCaughtUp(RefitCounter refitCounter) {
    return refitCounter.getPrefix() >= refitCounter.getLast() && refitCounter.getRequest() == null;
  }

  private RefitCounter count(
      RefitCounter before,
      MapState<Long, CountedEvent> ahead,
      SetState<String> fresh,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    RefitCounter refitCounter = before;
    CountedEvent event = next(refitCounter, ahead);
    while (event != null) {
      ahead.remove(event.getNumber());
      refitCounter = RefitCounter.newBuilder(refitCounter).setPrefix(event.getNumber()).build();
      String song = event.getSong();
      if (song != null && !event.getFitted() && !Boolean.TRUE.equals(fresh.contains(song).read())) {
        fresh.add(song);
        refitCounter =
            RefitCounter.newBuilder(refitCounter)
                .setFresh(refitCounter.getFresh() + 1)
                .setDrift(drift(refitCounter, event.getDistance()))
                .build();
      }
      String cause = refitCounter.getFresh() > 0 ? cause(refitCounter, event) : null;
      if (cause != null) {
        refitCounter = request(refitCounter, cause, out);
      }
      event = next(refitCounter, ahead);
    }
    return refitCounter;
  }

  /**
   * The next event to count: none while a fit is due, or until the shard of the song has asked the
   * same version.
   */
  private static @Nullable CountedEvent next(
      RefitCounter refitCounter, MapState<Long, CountedEvent> ahead) {
    if (refitCounter.getRequest() != null) {
      return null;
    }
    CountedEvent event = ahead.get(refitCounter.getPrefix() + 1).read();
    ModelVersion version = refitCounter.getVersion();
    int number = version == null ? 0 : version.getNumber();
    return event == null || (event.getSong() != null && event.getVersion() != number)
        ? null
        : event;
  }

  private double drift(RefitCounter refitCounter, @Nullable Double distance) throws IOException {
    CusumDriftDetector detector = drift(refitCounter);
    if (detector == null || distance == null) {
      return refitCounter.getDrift();
    }
    double statistic = detector.next(refitCounter.getDrift(), distance);
    drift.set(Math.round(THOUSAND * detector.share(statistic)));
    return statistic;
  }

  private @Nullable CusumDriftDetector drift(RefitCounter refitCounter) throws IOException {
    ModelVersion version = refitCounter.getVersion();
    return version == null ? null : ServingModel.of(version, config).drift();
  }

  /** The first model waits for all that one poll noticed: the songs that are there at a start. */
  private @Nullable String cause(RefitCounter refitCounter, CountedEvent event) throws IOException {
    int count = refitCounter.getFresh();
    if (refitCounter.getVersion() == null) {
      Long lastOfPoll = event.getLastOfPoll();
      boolean isLast = lastOfPoll == null || event.getNumber() >= lastOfPoll;
      return isLast && count >= config.rules().firstSongs() ? "first" : null;
    }
    if (config.rules().refitSongs() > 0 && count >= config.rules().refitSongs()) {
      return "count";
    }
    CusumDriftDetector detector = drift(refitCounter);
    return detector != null && detector.alarms(refitCounter.getDrift()) ? "drift" : null;
  }

  private RefitCounter poll(RefitCounter before, Poll poll, OutputReceiver<WatchEvent> out)
      throws IOException {
    RefitCounter refitCounter =
        RefitCounter.newBuilder(before).setLast(Math.max(before.getLast(), poll.getLast())).build();
    if (refitCounter.getRequest() != null && config.versions().request() == null) {
      ModelVersion version = refitCounter.getVersion();
      ModelVersion last = config.versions().after(version);
      // Whoever fits has found too few songs; the version that has come is on its way here.
      if (last == null) {
        refitCounter = RefitCounter.newBuilder(refitCounter).setRequest(null).build();
      }
    }
    if (isCaughtUp(refitCounter) && FolderFiles.find(config.demand()) != null) {
      refitCounter = request(refitCounter, "demand", out);
      // Only now: a death before it leaves the demand standing.
      FileSystems.delete(
          List.of(PathText.file(config.demand())), StandardMoveOptions.IGNORE_MISSING_FILES);
    }
    if (poll.getEnding() && isCaughtUp(refitCounter)) {
      ModelVersion version = refitCounter.getVersion();
      Poll counted =
          Poll.newBuilder(poll).setVersion(version == null ? 0 : version.getNumber()).build();
      out.output(WatchEvent.newBuilder().setPoll(counted).build());
    }
    return refitCounter;
  }

  private RefitCounter request(
      RefitCounter refitCounter, String cause, OutputReceiver<WatchEvent> out) throws IOException {
    ModelVersion version = refitCounter.getVersion();
    RefitRequest request =
        new RefitRequest(
            version == null ? 1 : version.getNumber() + 1,
            refitCounter.getPrefix(),
            cause,
            Instant.now().getMillis());
    config.versions().request(request);
    requests.inc();
    out.output(WatchEvent.newBuilder().setRequest(request).build());
    return RefitCounter.newBuilder(refitCounter).setRequest(request).build();
  }
}
