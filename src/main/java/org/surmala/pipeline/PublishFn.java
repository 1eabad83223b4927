package org.surmala.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
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
import org.surmala.coder.RecordCoder;
import org.surmala.files.WholeFile;
import org.surmala.schema.Edition;
import org.surmala.schema.FileEvent;
import org.surmala.schema.Look;
import org.surmala.schema.Placement;
import org.surmala.schema.WatchEvent;

/**
 * Keeps the results up to date: what each path is, and where each song that came after the edition
 * is placed. What came together is published together, a moment after the first of it.
 */
final class PublishFn extends DoFn<KV<String, WatchEvent>, Void> {
  private static final Duration MOMENT = Duration.millis(250);

  private final WatchConfig config;
  private final Gauge backlog = Metrics.gauge("surmala", "backlog");
  private final Gauge clustered = Metrics.gauge("surmala", "clustered");
  private final Gauge modelEdition = Metrics.gauge("surmala", "edition");

  /** The last event of each path, those that are gone among them. */
  @StateId("paths")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<String, FileEvent>> pathsSpec =
      StateSpecs.map(StringUtf8Coder.of(), RecordCoder.of(FileEvent.class));

  /** Places of the songs that the edition, or the next one, was made without; by id. */
  @StateId("placed")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<String, Placement>> placedSpec =
      StateSpecs.map(StringUtf8Coder.of(), RecordCoder.of(Placement.class));

  /** The edition that the results are of. */
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

  /** How many events of the history have come, each once. */
  @StateId("come")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Long>> comeSpec = StateSpecs.value();

  /** When metadata.csv was last changed, as far as the results know. */
  @StateId("described")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Long>> describedSpec = StateSpecs.value();

  /** Whether the timer is set. */
  @StateId("unpublished")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Boolean>> unpublishedSpec = StateSpecs.value();

  /** When what has come is published. */
  @TimerId("publish")
  @SuppressWarnings("unused") // Beam reads it.
  private final TimerSpec publishSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  private transient @Nullable EarlierResults earlier;
  private transient boolean isSettled;
  private transient @Nullable Edition reached;

  PublishFn(WatchConfig config) {
    this.config = config;
  }

  @ProcessElement
  public void process(
      @Element KV<String, WatchEvent> element,
      @StateId("paths") MapState<String, FileEvent> paths,
      @StateId("placed") MapState<String, Placement> placed,
      @StateId("edition") ValueState<Edition> editionState,
      @StateId("moved") MapState<Integer, Integer> moved,
      @StateId("coming") MapState<String, Placement> coming,
      @StateId("come") ValueState<Long> come,
      @StateId("described") ValueState<Long> described,
      @StateId("unpublished") ValueState<Boolean> unpublished,
      @TimerId("publish") Timer publish)
      throws IOException {
    Edition edition = editionState.read();
    WatchEvent event =
        new VersionSwitch(config.assignShards(), moved, coming)
            .released(element.getValue(), edition);
    FileEvent file = event.getFile();
    Look look = event.getLook();
    boolean changed = false;
    if (file != null) {
      changed = follow(file, paths);
      if (file.getNumber() > 0) {
        Long before = come.read();
        come.write(before == null ? 1 : before + 1);
      }
    }
    Edition next = event.getEdition();
    if (next != null && (edition == null || next.getNumber() > edition.getNumber())) {
      editionState.write(next);
      edition = next;
      changed = true;
      for (Map.Entry<String, Placement> old : placed.entries().read()) {
        if (old.getValue().getEdition() < next.getNumber()) {
          placed.remove(old.getKey());
        }
      }
    }
    for (Placement placement : event.getPlacements()) {
      if (edition == null || placement.getEdition() >= edition.getNumber()) {
        placed.put(placement.getId(), placement);
        changed = true;
      }
    }
    changed |= look != null && isEdited(described.read());
    if (look != null && isLast(look, come.read(), edition)) {
      end(paths, placed, edition);
    } else if (changed && !Boolean.TRUE.equals(unpublished.read())) {
      unpublished.write(true);
      publish.offset(MOMENT).setRelative();
    }
  }

  @OnTimer("publish")
  public void onPublish(
      @StateId("paths") MapState<String, FileEvent> paths,
      @StateId("placed") MapState<String, Placement> placed,
      @StateId("edition") ValueState<Edition> edition,
      @StateId("described") ValueState<Long> described,
      @StateId("unpublished") ValueState<Boolean> unpublished,
      @TimerId("publish") Timer publish)
      throws IOException {
    long before = OwnersWords.stamp(config.pipeline().report().data());
    Map<String, FileEvent> events = copy(paths);
    LiveResults results = results(events, placed, edition.read());
    if (!isSettled(events, results)) {
      publish.offset(MOMENT).setRelative();
      return;
    }
    unpublished.clear();
    publish(results);
    // An edit that falls between reading and now is seen at the next look.
    described.write(
        results.isDescribed() ? before : OwnersWords.stamp(config.pipeline().report().data()));
  }

  /** Results that readers saw before a start are not taken back for a moment after it. */
  private boolean isSettled(Map<String, FileEvent> events, LiveResults results) throws IOException {
    if (!isSettled) {
      EarlierResults before = earlier == null ? EarlierResults.of(config) : earlier;
      earlier = before;
      isSettled = before.areReached(events, results.edition(), results.unplaced());
    }
    return isSettled;
  }

  private boolean isEdited(@Nullable Long described) throws IOException {
    return described != null
        && config.pipeline().report().writesMetadata()
        && OwnersWords.stamp(config.pipeline().report().data()) != described;
  }

  private static boolean follow(FileEvent event, MapState<String, FileEvent> paths) {
    boolean changed = false;
    if (WatchedFiles.isNews(paths.get(event.getUri()).read(), event)) {
      paths.put(event.getUri(), event);
      changed = true;
    }
    String former = event.getFormer();
    if (former != null) {
      FileEvent gone = WatchedFiles.former(event, former);
      if (WatchedFiles.isNews(paths.get(former).read(), gone)) {
        paths.put(former, gone);
        changed = true;
      }
    }
    return changed;
  }

  /** Whether nothing more will come: no event, and no edition. */
  private static boolean isLast(Look look, @Nullable Long come, @Nullable Edition edition) {
    Integer last = look.getEdition();
    return look.getEnding()
        && last != null
        && last == (edition == null ? 0 : edition.getNumber())
        && (come == null ? 0 : come) >= look.getLast();
  }

  /** When all that was taken is placed, publishes it, and says so. */
  private void end(
      MapState<String, FileEvent> paths,
      MapState<String, Placement> placed,
      @Nullable Edition edition)
      throws IOException {
    LiveResults results = results(copy(paths), placed, edition);
    publish(results);
    if (edition == null || results.unplaced().isEmpty()) {
      String ended = config.ended();
      int slash = ended.lastIndexOf('/') + 1;
      byte[] text = Coverage.csv(results.coverage()).getBytes(StandardCharsets.UTF_8);
      WholeFile.write(ended.substring(0, slash), ended.substring(slash), out -> out.write(text));
    }
  }

  private static Map<String, FileEvent> copy(MapState<String, FileEvent> paths) {
    Map<String, FileEvent> events = new HashMap<>();
    paths.entries().read().forEach(entry -> events.put(entry.getKey(), entry.getValue()));
    return events;
  }

  private LiveResults results(
      Map<String, FileEvent> events, MapState<String, Placement> placed, @Nullable Edition edition)
      throws IOException {
    Map<String, Placement> places = new HashMap<>();
    placed.entries().read().forEach(entry -> places.put(entry.getKey(), entry.getValue()));
    // A restored state may be of an edition that was let go of since; the next one is on its way.
    Edition there = edition == null || config.editions().has(edition) ? edition : null;
    return LiveResults.of(config, WatchedFiles.of(events.values()), places, there);
  }

  private void publish(LiveResults results) throws IOException {
    results.publish();
    Edition edition = results.edition();
    backlog.set(results.waiting());
    clustered.set(results.clustered());
    modelEdition.set(edition == null ? 0 : edition.getNumber());
    if (edition != null && !edition.equals(reached)) {
      // An edition comes to this stage after all others.
      config.editions().reached(edition);
      reached = edition;
    }
  }
}
