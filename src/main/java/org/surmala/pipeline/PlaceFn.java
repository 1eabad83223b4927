package org.surmala.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.surmala.coder.RecordCoder;
import org.surmala.schema.Edition;
import org.surmala.schema.FileEvent;
import org.surmala.schema.Look;
import org.surmala.schema.Placement;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.WatchEvent;
import org.surmala.store.StoredSongs;

/**
 * Places each song that an edition was made without, by that edition, frozen as it is, and all of
 * them again by the next one. Until there is a first edition songs wait. The model reaches this
 * stage as keyed state: where it is, not its weights.
 */
final class PlaceFn extends DoFn<KV<String, WatchEvent>, WatchEvent> {
  private final WatchConfig config;
  private transient @Nullable WatchedAnnotation annotation;
  private final Counter placed = Metrics.counter("surmala", "placed");
  private final Counter micros = Metrics.counter("surmala", "micros.embed");

  /** The edition that places songs now. */
  @StateId("edition")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Edition>> editionSpec =
      StateSpecs.value(RecordCoder.of(Edition.class));

  /**
   * Songs that the edition was made without, with the number of their event; an edition takes out
   * those that it knows.
   */
  @StateId("recent")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<String, Long>> recentSpec =
      StateSpecs.map(StringUtf8Coder.of(), VarLongCoder.of());

  private transient boolean isSettled;

  PlaceFn(WatchConfig config) {
    this.config = config;
  }

  @Setup
  public void setup() {
    annotation = new WatchedAnnotation(config);
  }

  @ProcessElement
  public void process(
      @Element KV<String, WatchEvent> element,
      @StateId("edition") ValueState<Edition> editionState,
      @StateId("recent") MapState<String, Long> recent,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    long start = System.nanoTime();
    Edition edition = editionState.read();
    if (!isSettled) {
      isSettled = true;
      // A restored state may be of an edition that was let go of since.
      if (edition != null && !config.editions().has(edition)) {
        edition = config.editions().after(edition);
        if (edition == null) {
          editionState.clear();
        } else {
          move(edition, editionState, recent, out);
        }
      }
    }
    Edition next = element.getValue().getEdition();
    FileEvent file = element.getValue().getFile();
    SegmentFeatures features = element.getValue().getFeatures();
    Look look = element.getValue().getLook();
    if (next != null && (edition == null || next.getNumber() > edition.getNumber())) {
      move(next, editionState, recent, out);
    } else if (file != null && features != null) {
      if (edition == null) {
        recent.put(features.getId(), file.getNumber());
      } else if (!LoadedEdition.of(edition, config).has(features.getId())) {
        recent.put(features.getId(), file.getNumber());
        Placement placement =
            LoadedEdition.of(edition, config).place(known().with(features, file.getSong()));
        out.output(WatchEvent.newBuilder().setPlacements(List.of(placement)).build());
        placed.inc();
      }
    } else if (look != null && look.getEdition() != null) {
      out.output(element.getValue());
    }
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  private void move(
      Edition next,
      ValueState<Edition> edition,
      MapState<String, Long> recent,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    edition.write(next);
    out.output(WatchEvent.newBuilder().setEdition(next).setPlacements(again(next, recent)).build());
  }

  private WatchedAnnotation known() {
    return Objects.requireNonNull(annotation);
  }

  private List<Placement> again(Edition edition, MapState<String, Long> recent) throws IOException {
    LoadedEdition loaded = LoadedEdition.of(edition, config);
    StoredSongs stored = new StoredSongs(config.pipeline().store());
    Map<String, Long> known = new TreeMap<>();
    for (Map.Entry<String, Long> song : recent.entries().read()) {
      known.put(song.getKey(), song.getValue());
    }
    List<Placement> placements = new ArrayList<>();
    for (Map.Entry<String, @Nullable Long> song : known.entrySet()) {
      Long number = song.getValue();
      // What an edition could know and does not is no longer in the collection.
      if (loaded.has(song.getKey()) || (number != null && number <= edition.getThrough())) {
        recent.remove(song.getKey());
      } else {
        placements.add(loaded.place(known().with(stored.require(song.getKey()))));
      }
    }
    placed.inc(placements.size());
    return placements;
  }
}
