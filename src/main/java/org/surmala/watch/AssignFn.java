package org.surmala.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;
import org.surmala.io.RecordCoder;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.CountedEvent;
import org.surmala.schema.FileEvent;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.WatchEvent;
import org.surmala.store.StoredSongs;

/**
 * Assigns each song that the current model version was not fitted with. The version is frozen; when
 * a newer one arrives, the songs that it was not fitted with are assigned again. Songs wait until
 * there is a first version. Keyed by shard: every shard receives every version, as the path of its
 * files, not as its weights.
 */
final class AssignFn extends DoFn<KV<Integer, WatchEvent>, WatchEvent> {
  private final WatchConfig config;
  private final StoredSongs stored;
  private transient @Nullable WatchedAnnotation annotation;
  private final Counter assigned = Metrics.counter("surmala", "assigned");
  private final Counter micros = Metrics.counter("surmala", "micros.assign");

  /** The version that assigns songs. */
  @StateId("version")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<ModelVersion>> versionSpec =
      StateSpecs.value(RecordCoder.of(ModelVersion.class));

  /** Songs of the events since the version, by the number of the event. */
  @StateId("recent")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<Long, String>> recentSpec =
      StateSpecs.map(VarLongCoder.of(), StringUtf8Coder.of());

  /** Shards whose state this instance has already compared with the versions on disk. */
  private transient Set<Integer> compared = new HashSet<>();

  AssignFn(WatchConfig config) {
    this.config = config;
    this.stored = new StoredSongs(config.pipeline().store());
  }

  @Setup
  public void setup() {
    annotation = new WatchedAnnotation(config);
    compared = new HashSet<>();
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, WatchEvent> element,
      @StateId("version") ValueState<ModelVersion> versionState,
      @StateId("recent") MapState<Long, String> recent,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    long start = System.nanoTime();
    int shard = element.getKey();
    WatchEvent event = element.getValue();
    ModelVersion version = versionState.read();
    if (compared.add(shard) && (version == null || !config.versions().has(version))) {
      // A new stage has no state, and restored state may name a version that was removed.
      version = config.versions().after(version);
      if (version == null) {
        versionState.clear();
      } else {
        move(shard, version, versionState, recent, out);
      }
    }
    ModelVersion next = event.getVersion();
    FileEvent file = event.getFile();
    if (next != null && (version == null || next.getNumber() > version.getNumber())) {
      move(shard, next, versionState, recent, out);
    } else if (file != null) {
      out.output(assign(file, event.getFeatures(), version, recent));
    }
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  private WatchEvent assign(
      FileEvent file,
      @Nullable SegmentFeatures features,
      @Nullable ModelVersion version,
      MapState<Long, String> recent)
      throws IOException {
    WatchEvent.Builder event = WatchEvent.newBuilder().setFile(file);
    if (file.getNumber() == 0) {
      return event.build();
    }
    CountedEvent.Builder counted =
        CountedEvent.newBuilder().setNumber(file.getNumber()).setLastOfPoll(file.getLastOfPoll());
    SongAudioInfo audio = file.getAudio();
    if (audio == null) {
      return event.setCounted(List.of(counted.build())).build();
    }
    String id = audio.getId();
    counted.setSong(id);
    if (version == null || file.getNumber() > version.getThrough()) {
      recent.put(file.getNumber(), id);
    }
    if (version != null) {
      ServingModel model = ServingModel.of(version, config);
      counted.setVersion(version.getNumber()).setFitted(model.has(id));
      if (!model.has(id)) {
        SegmentFeatures sound = features == null ? stored.require(id) : features;
        AssignedSong assignedSong =
            model.assign(known().with(sound, Objects.requireNonNull(file.getSong())));
        counted.setDistance(assignedSong.getAssignment().getDistance());
        event.setAssigned(List.of(assignedSong));
        assigned.inc();
      }
    }
    return event.setCounted(List.of(counted.build())).build();
  }

  private WatchedAnnotation known() {
    return Objects.requireNonNull(annotation);
  }

  private void move(
      int shard,
      ModelVersion next,
      ValueState<ModelVersion> version,
      MapState<Long, String> recent,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    version.write(next);
    ServingModel model = ServingModel.of(next, config);
    TreeMap<Long, String> later = new TreeMap<>();
    for (Map.Entry<Long, String> song : recent.entries().read()) {
      later.put(song.getKey(), song.getValue());
    }
    // Songs up to that event that the version does not know have left the collection.
    later.headMap(next.getThrough(), true).keySet().forEach(recent::remove);
    Map<String, AssignedSong> assignedSongs = new TreeMap<>();
    List<CountedEvent> counted = new ArrayList<>();
    for (Map.Entry<Long, String> song : later.tailMap(next.getThrough(), false).entrySet()) {
      String id = song.getValue();
      AssignedSong assignedSong = assignedSongs.get(id);
      if (assignedSong == null && !model.has(id)) {
        assignedSong = model.assign(known().with(stored.require(id)));
        assignedSongs.put(id, assignedSong);
      }
      counted.add(
          CountedEvent.newBuilder()
              .setNumber(song.getKey())
              .setSong(id)
              .setVersion(next.getNumber())
              .setFitted(assignedSong == null)
              .setDistance(assignedSong == null ? null : assignedSong.getAssignment().getDistance())
              .build());
    }
    assigned.inc(assignedSongs.size());
    out.output(
        WatchEvent.newBuilder()
            .setVersion(next)
            .setShard(shard)
            .setAssigned(List.copyOf(assignedSongs.values()))
            .setCounted(counted)
            .build());
  }
}
