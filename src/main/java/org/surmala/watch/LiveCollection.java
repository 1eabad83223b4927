package org.surmala.watch;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.state.ReadableState;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.FileEvent;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.RefitRequest;

/**
 * The in-memory table of a watched collection, and the results written from it. The table is too
 * large for a stage's state: it is built from the event log and the state, and the state holds its
 * revision. If the revisions differ, as after a restart or a retry of the same elements, the table
 * is built again.
 */
final class LiveCollection {
  private static final int KEPT = 2;
  private static final long LEAST_MOMENT_MILLIS = 250;

  /**
   * The pause between publications, as a multiple of their duration: at most a fifth of the time
   * goes into publishing.
   */
  private static final long MOMENTS_PER_PUBLICATION = 4;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final Map<String, LiveCollection> OF_PROCESS = new LinkedHashMap<>();

  private final WatchConfig config;
  private final LiveTable table = new LiveTable();
  private final LiveResults results;
  private final PublishedWatermark earlier;
  private long revision = UUID.randomUUID().getMostSignificantBits();
  private boolean isSettled;
  private long lastMillis;
  private long lastEnd = System.nanoTime();

  private LiveCollection(
      WatchConfig config,
      ReadableState<Iterable<FileEvent>> growing,
      ReadableState<Iterable<AssignedSong>> assigned,
      @Nullable ModelVersion version)
      throws IOException {
    this.config = config;
    this.results = new LiveResults(config);
    for (FileEvent event : config.history().after(0)) {
      table.follow(event);
    }
    for (FileEvent event : growing.read()) {
      table.follow(event);
    }
    serve(version);
    for (AssignedSong assignedSong : assigned.read()) {
      table.assign(assignedSong);
    }
    earlier = PublishedWatermark.of(config, table);
  }

  /**
   * The collection of this process; built again if its revision is not that of the state.
   *
   * @param revision the revision in the state; null for a new stage
   * @param growing files that may still grow
   * @param assigned assignments of songs that the model version was not fitted with
   * @param version the model version in the state; null for none
   */
  static LiveCollection of(
      WatchConfig config,
      @Nullable Long revision,
      ReadableState<Iterable<FileEvent>> growing,
      ReadableState<Iterable<AssignedSong>> assigned,
      @Nullable ModelVersion version)
      throws IOException {
    synchronized (OF_PROCESS) {
      String key = config.history().folder() + "\n" + config.pipeline().results();
      LiveCollection known = OF_PROCESS.remove(key);
      if (known == null || revision == null || known.revision != revision) {
        known = new LiveCollection(config, growing, assigned, version);
      }
      OF_PROCESS.put(key, known);
      if (OF_PROCESS.size() > KEPT) {
        OF_PROCESS.remove(OF_PROCESS.keySet().iterator().next());
      }
      return known;
    }
  }

  /** Counts a change and returns the revision that the state must hold from now on. */
  long nextRevision() {
    return ++revision;
  }

  /** The revision that the state must hold. */
  long revision() {
    return revision;
  }

  LiveTable table() {
    return table;
  }

  /** Uses a model version from now on. */
  void serve(@Nullable ModelVersion version) throws IOException {
    // Restored state may name a version that was removed since; its successor arrives soon.
    boolean isThere = version != null && config.versions().has(version);
    table.serve(
        isThere ? version : null,
        isThere && version != null
            ? FittedAssignments.read(
                version, config.pipeline().primary(), config.rules().neighbours())
            : null);
  }

  /** Whether metadata.csv has been edited since it was read. */
  boolean isEdited() throws IOException {
    return results.isEdited();
  }

  /** Whether publishing now would take back results that readers saw before the stage started. */
  boolean isBehind() {
    isSettled = isSettled || earlier.areReached(table);
    return !isSettled;
  }

  /** Publishes the results. */
  void publish(@Nullable RefitRequest request) throws IOException {
    long start = System.nanoTime();
    results.publish(table, request);
    lastEnd = System.nanoTime();
    lastMillis = (lastEnd - start) / NANOS_PER_MILLI;
  }

  /** How long changes are collected before they are published, milliseconds. */
  long moment() {
    long passed = (System.nanoTime() - lastEnd) / NANOS_PER_MILLI;
    return Math.max(LEAST_MOMENT_MILLIS, MOMENTS_PER_PUBLICATION * lastMillis - passed);
  }
}
