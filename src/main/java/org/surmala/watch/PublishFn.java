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
import org.surmala.io.FolderFiles;
import org.surmala.io.RecordCoder;
import org.surmala.io.WholeFile;
import org.surmala.pipeline.Coverage;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.FileCounts;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.Poll;
import org.surmala.schema.RefitRequest;
import org.surmala.schema.WatchEvent;

/**
 * Publishes the live results: the files, and the assignment of each song. Updates that arrive in
 * quick succession are published as one snapshot.
 */
final class PublishFn extends DoFn<KV<String, WatchEvent>, Void> {
  private final WatchConfig config;
  private final Counter micros = Metrics.counter("surmala", "micros.publish");
  private final Gauge backlog = Metrics.gauge("surmala", "backlog");
  private final Gauge clustered = Metrics.gauge("surmala", "clustered");
  private final Gauge versionGauge = Metrics.gauge("surmala", "model_version");

  /** Files that may still grow, by URI; they are not in the event log. */
  @StateId("growing")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<String, FileEvent>> growingSpec =
      StateSpecs.map(StringUtf8Coder.of(), RecordCoder.of(FileEvent.class));

  /**
   * Assignments of the songs that the model version, or a later one, was not fitted with, by id.
   * The state id is fixed: savepoints name it.
   */
  @StateId("placed")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<String, AssignedSong>> assignedSpec =
      StateSpecs.map(StringUtf8Coder.of(), RecordCoder.of(AssignedSong.class));

  /** The model version of the results. */
  @StateId("shown")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<ModelVersion>> modelVersionSpec =
      StateSpecs.value(RecordCoder.of(ModelVersion.class));

  /** For each shard of songs, the number of the model version that it has switched to. */
  @StateId("moved")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<Integer, Integer>> movedSpec =
      StateSpecs.map(VarIntCoder.of(), VarIntCoder.of());

  /** Assignments by a version that not every shard has switched to, by id. */
  @StateId("coming")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<String, AssignedSong>> comingSpec =
      StateSpecs.map(StringUtf8Coder.of(), RecordCoder.of(AssignedSong.class));

  /** The last requested refit. */
  @StateId("request")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<RefitRequest>> requestSpec =
      StateSpecs.value(RecordCoder.of(RefitRequest.class));

  /** Number of distinct events of the log that have arrived. */
  @StateId("come")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Long>> arrivedSpec = StateSpecs.value();

  /** Revision of the {@link LiveCollection} that matches this state. */
  @StateId("revision")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Long>> revisionSpec = StateSpecs.value();

  /** Whether the timer is set. */
  @StateId("unpublished")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Boolean>> unpublishedSpec = StateSpecs.value();

  /** Publishes the collected updates. */
  @TimerId("publish")
  @SuppressWarnings("unused") // Beam reads it.
  private final TimerSpec publishSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  private transient @Nullable ModelVersion reached;

  PublishFn(WatchConfig config) {
    this.config = config;
  }

  @ProcessElement
  public void process(
      @Element KV<String, WatchEvent> element,
      @StateId("growing") MapState<String, FileEvent> growing,
      @StateId("placed") MapState<String, AssignedSong> assigned,
      @StateId("shown") ValueState<ModelVersion> modelVersion,
      @StateId("moved") MapState<Integer, Integer> moved,
      @StateId("coming") MapState<String, AssignedSong> coming,
      @StateId("request") ValueState<RefitRequest> requested,
      @StateId("come") ValueState<Long> come,
      @StateId("revision") ValueState<Long> revision,
      @StateId("unpublished") ValueState<Boolean> unpublished,
      @TimerId("publish") Timer publish)
      throws IOException {
    long start = System.nanoTime();
    LiveCollection live = collection(revision, growing, assigned, modelVersion.read());
    WatchEvent event =
        new VersionSwitch(config.assignShards(), moved, coming)
            .released(element.getValue(), modelVersion.read());
    boolean changed = follow(event.getFile(), live.table(), growing, come);
    ModelVersion next = event.getVersion();
    if (next != null && isAfter(next, modelVersion.read())) {
      modelVersion.write(next);
      live.serve(next);
      changed = true;
      for (Map.Entry<String, AssignedSong> old : assigned.entries().read()) {
        if (old.getValue().getVersion() < next.getNumber()) {
          assigned.remove(old.getKey());
        }
      }
    }
    for (AssignedSong assignedSong : event.getAssigned()) {
      if (live.table().assign(assignedSong)) {
        assigned.put(assignedSong.getId(), assignedSong);
        changed = true;
      }
    }
    RefitRequest request = event.getRequest();
    if (request != null && !request.equals(requested.read())) {
      requested.write(request);
      changed = true;
    }
    Poll poll = event.getPoll();
    boolean isEdited = poll != null && live.isEdited();
    revision.write(changed ? live.nextRevision() : live.revision());
    if (poll != null && isLast(poll, come.read(), modelVersion.read())) {
      // A reader of the mark may remove the results, so nothing is written after it.
      unpublished.clear();
      if (FolderFiles.find(config.ended()) == null) {
        end(live, requested.read(), modelVersion.read());
      }
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
      @StateId("placed") MapState<String, AssignedSong> assigned,
      @StateId("shown") ValueState<ModelVersion> modelVersion,
      @StateId("request") ValueState<RefitRequest> requested,
      @StateId("revision") ValueState<Long> revision,
      @StateId("unpublished") ValueState<Boolean> unpublished,
      @TimerId("publish") Timer publish)
      throws IOException {
    if (!Boolean.TRUE.equals(unpublished.read())) {
      return;
    }
    long start = System.nanoTime();
    LiveCollection live = collection(revision, growing, assigned, modelVersion.read());
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
      MapState<String, AssignedSong> assigned,
      @Nullable ModelVersion modelVersion)
      throws IOException {
    return LiveCollection.of(
        config, revision.read(), growing.values(), assigned.values(), modelVersion);
  }

  private static boolean isAfter(ModelVersion next, @Nullable ModelVersion modelVersion) {
    return modelVersion == null || next.getNumber() > modelVersion.getNumber();
  }

  private static boolean follow(
      @Nullable FileEvent file,
      LiveTable table,
      MapState<String, FileEvent> growing,
      ValueState<Long> come) {
    if (file == null) {
      return false;
    }
    if (file.getType() == FileEventType.FOUND) {
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

  /** Whether the stream is complete: no event and no model version is outstanding. */
  private static boolean isLast(
      Poll poll, @Nullable Long come, @Nullable ModelVersion modelVersion) {
    Integer last = poll.getVersion();
    return poll.getEnding()
        && last != null
        && last == (modelVersion == null ? 0 : modelVersion.getNumber())
        && (come == null ? 0 : come) >= poll.getLast();
  }

  /** Once all accepted songs are assigned, publishes them and writes the end marker. */
  private void end(
      LiveCollection live, @Nullable RefitRequest request, @Nullable ModelVersion modelVersion)
      throws IOException {
    publish(live, request);
    if (live.table().hasChanges()) {
      // Edited cluster names or metadata change what is published of every song.
      publish(live, request);
    }
    if (modelVersion == null || live.table().unassigned().isEmpty()) {
      String ended = config.ended();
      int slash = ended.lastIndexOf('/') + 1;
      byte[] text = Coverage.csv(live.table().counts()).getBytes(StandardCharsets.UTF_8);
      WholeFile.write(ended.substring(0, slash), ended.substring(slash), out -> out.write(text));
    }
  }

  private void publish(LiveCollection live, @Nullable RefitRequest request) throws IOException {
    ModelVersion modelVersion = live.table().version();
    int number = modelVersion == null ? 0 : modelVersion.getNumber();
    live.publish(request != null && request.getNumber() > number ? request : null);
    FileCounts counts = live.table().counts();
    Long waiting = counts.getWaiting();
    backlog.set(waiting == null ? 0 : waiting);
    clustered.set(counts.getClustered());
    versionGauge.set(number);
    if (modelVersion != null && !modelVersion.equals(reached)) {
      // This stage is the last that a model version reaches.
      config.versions().removeBefore(modelVersion);
      reached = modelVersion;
    }
  }
}
