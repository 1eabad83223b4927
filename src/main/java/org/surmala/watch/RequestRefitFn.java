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
 * Counts new songs and requests the next model version when a rule says so. The refit is a separate
 * job; counting pauses until it ends, while songs are still assigned.
 *
 * <p>Events arrive in any order and are counted in the order of the log. Requests by first songs,
 * count or drift depend only on the log, whatever the order of arrival and the number of restarts.
 * Requests by timer or demand wait until every polled event is counted.
 */
final class RequestRefitFn extends DoFn<KV<String, WatchEvent>, WatchEvent> {
  private static final double THOUSAND = 1_000;

  private final WatchConfig config;
  private final Counter requests = Metrics.counter("surmala", "refit_requests");

  /** The drift statistic, in thousandths of the value at which a refit is due. */
  private final Gauge drift = Metrics.gauge("surmala", "drift");

  /** How far the log is counted, the model version, and the drift statistic. */
  @StateId("counter")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<RefitCounter>> counterSpec =
      StateSpecs.value(RecordCoder.of(RefitCounter.class));

  /**
   * Events that cannot be counted yet, by number: those in flight and those that arrive during a
   * refit.
   */
  @StateId("ahead")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<Long, CountedEvent>> aheadSpec =
      StateSpecs.map(VarLongCoder.of(), RecordCoder.of(CountedEvent.class));

  /** Songs counted since the last version; cleared at the next. */
  @StateId("fresh")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<SetState<String>> freshSpec = StateSpecs.set(StringUtf8Coder.of());

  /** Fires every {@code refitMinutes}, whatever the count. */
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

  /** The counter; at the first element, updated to the last version on disk. */
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
    // A request by timer or demand does not follow from the log.
    return refitCounter.getRequest() == null
        ? RefitCounter.newBuilder(refitCounter).setRequest(config.versions().request()).build()
        : refitCounter;
  }

  /** Marks all events that the version was fitted with as counted. */
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
   * The next event to count; null while a refit is due, and until the song's shard has assigned it
   * by the same version.
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

  /**
   * The rule that requests a refit now, or null. The first model waits for all events of a poll, so
   * that it is fitted with all songs that exist at the start.
   */
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
      // The request was declined for too few songs, unless a new version is about to arrive here.
      if (last == null) {
        refitCounter = RefitCounter.newBuilder(refitCounter).setRequest(null).build();
      }
    }
    if (isCaughtUp(refitCounter) && FolderFiles.find(config.demand()) != null) {
      refitCounter = request(refitCounter, "demand", out);
      // Delete last: after a crash before this line, the demand still stands.
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
