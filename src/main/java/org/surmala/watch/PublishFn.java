package org.surmala.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.MapState;
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
import org.surmala.io.RecordCoder;
import org.surmala.io.WholeFile;
import org.surmala.pipeline.Coverage;
import org.surmala.schema.Edition;
import org.surmala.schema.FileCounts;
import org.surmala.schema.FileEvent;
import org.surmala.schema.Happening;
import org.surmala.schema.Look;
import org.surmala.schema.Placement;
import org.surmala.schema.RefitRequest;
import org.surmala.schema.WatchEvent;

/**
 * Keeps the results up to date: which files there are, and where the model version puts each song.
 * Updates that arrive soon after one another are published as one state.
 */
final class PublishFn extends DoFn<KV<String, WatchEvent>, Void> {
  private final WatchConfig config;
  private final Counter micros = Metrics.counter("surmala", "micros.publish");
  private final Gauge backlog = Metrics.gauge("surmala", "backlog");
  private final Gauge clustered = Metrics.gauge("surmala", "clustered");
  private final Gauge modelEdition = Metrics.gauge("surmala", "edition");

  /** Files that may still grow, by URI: the history does not tell of them. */
  @StateId("growing")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<String, FileEvent>> growingSpec =
      StateSpecs.map(StringUtf8Coder.of(), RecordCoder.of(FileEvent.class));

  /** Placements of the songs that the model version, or a later one, was fitted without; by id. */
  @StateId("placed")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<String, Placement>> placedSpec =
      StateSpecs.map(StringUtf8Coder.of(), RecordCoder.of(Placement.class));

  /** The model version that the results are of. */
  @StateId("edition")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Edition>> editionSpec =
      StateSpecs.value(RecordCoder.of(Edition.class));

  /** Number of the model version that each shard of songs has moved to. */
  @StateId("moved")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<Integer, Integer>> movedSpec =
      StateSpecs.map(VarIntCoder.of(), VarIntCoder.of());

  /** Assignments by a version that not every shard has moved to; by id. */
  @StateId("coming")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<String, Placement>> comingSpec =
      StateSpecs.map(StringUtf8Coder.of(), RecordCoder.of(Placement.class));

  /** The last fit that was asked for. */
  @StateId("request")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<RefitRequest>> requestSpec =
      StateSpecs.value(RecordCoder.of(RefitRequest.class));

  /** How many events of the history have come, each once. */
  @StateId("come")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Long>> comeSpec = StateSpecs.value();

  /** Which table of {@link LiveCollection} this state is of. */
  @StateId("revision")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Long>> revisionSpec = StateSpecs.value();

  /** Whether the timer is set. */
  @StateId("unpublished")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Boolean>> unpublishedSpec = StateSpecs.value();

  /** When what has come is published. */
  @TimerId("publish")
  @SuppressWarnings("unused") // Beam reads it.
  private final TimerSpec publishSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  private transient @Nullable Edition reached;

  PublishFn(WatchConfig config) {
    this.config = config;
  }

  @ProcessElement
  public void process(
      @Element KV<String, WatchEvent> element,
      @StateId("growing") MapState<String, FileEvent> growing,
      @StateId("placed") MapState<String, Placement> placed,
      @StateId("edition") ValueState<Edition> edition,
      @StateId("moved") MapState<Integer, Integer> moved,
      @StateId("coming") MapState<String, Placement> coming,
      @StateId("request") ValueState<RefitRequest> requested,
      @StateId("come") ValueState<Long> come,
      @StateId("revision") ValueState<Long> revision,
      @StateId("unpublished") ValueState<Boolean> unpublished,
      @TimerId("publish") Timer publish)
      throws IOException {
    long start = System.nanoTime();
    LiveCollection live = collection(revision, growing, placed, edition.read());
    WatchEvent event =
        new VersionSwitch(config.assignShards(), moved, coming)
            .released(element.getValue(), edition.read());
    boolean changed = follow(event.getFile(), live.table(), growing, come);
    Edition next = event.getEdition();
    if (next != null && isAfter(next, edition.read())) {
      edition.write(next);
      live.serve(next);
      changed = true;
      for (Map.Entry<String, Placement> old : placed.entries().read()) {
        if (old.getValue().getEdition() < next.getNumber()) {
          placed.remove(old.getKey());
        }
      }
    }
    for (Placement placement : event.getPlacements()) {
      if (live.table().place(placement)) {
        placed.put(placement.getId(), placement);
        changed = true;
      }
    }
    RefitRequest request = event.getRequest();
    if (request != null && !request.equals(requested.read())) {
      requested.write(request);
      changed = true;
    }
    Look look = event.getLook();
    boolean isEdited = look != null && live.isEdited();
    revision.write(changed ? live.nextRevision() : live.revision());
    if (look != null && isLast(look, come.read(), edition.read())) {
      end(live, requested.read(), edition.read());
    } else if ((changed || isEdited || live.table().hasChanges())
        && !Boolean.TRUE.equals(unpublished.read())) {
      unpublished.write(true);
      publish.offset(Duration.millis(live.moment())).setRelative();
    }
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  @OnTimer("publish")
  public void onPublish(
      @StateId("growing") MapState<String, FileEvent> growing,
      @StateId("placed") MapState<String, Placement> placed,
      @StateId("edition") ValueState<Edition> edition,
      @StateId("request") ValueState<RefitRequest> requested,
      @StateId("revision") ValueState<Long> revision,
      @StateId("unpublished") ValueState<Boolean> unpublished,
      @TimerId("publish") Timer publish)
      throws IOException {
    long start = System.nanoTime();
    LiveCollection live = collection(revision, growing, placed, edition.read());
    revision.write(live.revision());
    if (live.isBehind()) {
      publish.offset(Duration.millis(live.moment())).setRelative();
      return;
    }
    unpublished.clear();
    publish(live, requested.read());
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  private LiveCollection collection(
      ValueState<Long> revision,
      MapState<String, FileEvent> growing,
      MapState<String, Placement> placed,
      @Nullable Edition edition)
      throws IOException {
    return LiveCollection.of(config, revision.read(), growing.values(), placed.values(), edition);
  }

  private static boolean isAfter(Edition next, @Nullable Edition edition) {
    return edition == null || next.getNumber() > edition.getNumber();
  }

  private static boolean follow(
      @Nullable FileEvent file,
      LiveTable table,
      MapState<String, FileEvent> growing,
      ValueState<Long> come) {
    if (file == null) {
      return false;
    }
    if (file.getHappening() == Happening.FOUND) {
      growing.put(file.getUri(), file);
    } else {
      growing.remove(file.getUri());
    }
    if (file.getNumber() > 0) {
      Long before = come.read();
      come.write(before == null ? 1 : before + 1);
    }
    return table.follow(file);
  }

  /** Whether nothing more will come: no event, and no model version. */
  private static boolean isLast(Look look, @Nullable Long come, @Nullable Edition edition) {
    Integer last = look.getEdition();
    return look.getEnding()
        && last != null
        && last == (edition == null ? 0 : edition.getNumber())
        && (come == null ? 0 : come) >= look.getLast();
  }

  /** When all that was taken is placed, publishes it, and says so. */
  private void end(LiveCollection live, @Nullable RefitRequest request, @Nullable Edition edition)
      throws IOException {
    publish(live, request);
    if (live.table().hasChanges()) {
      // What was written of the songs reads otherwise.
      publish(live, request);
    }
    if (edition == null || live.table().unplaced().isEmpty()) {
      String ended = config.ended();
      int slash = ended.lastIndexOf('/') + 1;
      byte[] text = Coverage.csv(live.table().counts()).getBytes(StandardCharsets.UTF_8);
      WholeFile.write(ended.substring(0, slash), ended.substring(slash), out -> out.write(text));
    }
  }

  private void publish(LiveCollection live, @Nullable RefitRequest request) throws IOException {
    Edition edition = live.table().version();
    int number = edition == null ? 0 : edition.getNumber();
    live.publish(request != null && request.getNumber() > number ? request : null);
    FileCounts counts = live.table().counts();
    Long waiting = counts.getWaiting();
    backlog.set(waiting == null ? 0 : waiting);
    clustered.set(counts.getClustered());
    modelEdition.set(number);
    if (edition != null && !edition.equals(reached)) {
      // A model version comes to this stage after all others.
      config.editions().reached(edition);
      reached = edition;
    }
  }
}
