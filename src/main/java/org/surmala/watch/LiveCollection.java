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
 * The table of a watched collection in this process, and the results that are written from it. The
 * table is as large as the collection, so that it is no part of a stage's state: it is built from
 * the history and the state, and the state holds its revision. Where the two differ, as after a
 * restart or for another attempt at the same elements, it is built again.
 */
final class LiveCollection {
  private static final int KEPT = 2;
  private static final long LEAST_MOMENT_MILLIS = 250;

  /** A publication takes at most a fifth of the time. */
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
   * The collection of this process, built when it is not the one that the state is of.
   *
   * @param revision that the state holds; null for a stage that begins
   * @param growing files that may still grow
   * @param assigned of songs that the model version was fitted without
   * @param version that the state knows; null for none
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

  /** Counts a change, and gives the number that the state must hold from now on. */
  long nextRevision() {
    return ++revision;
  }

  /** The number that the state must hold. */
  long revision() {
    return revision;
  }

  LiveTable table() {
    return table;
  }

  /** Assigns songs by a model version from now on. */
  void serve(@Nullable ModelVersion version) throws IOException {
    // A restored state may be of a version that was let go of since; the next one is on its way.
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

  /** Whether results that readers saw before the stage began would be taken back for a moment. */
  boolean isBehind() {
    isSettled = isSettled || earlier.areReached(table);
    return !isSettled;
  }

  /** Publishes. */
  void publish(@Nullable RefitRequest request) throws IOException {
    long start = System.nanoTime();
    results.publish(table, request);
    lastEnd = System.nanoTime();
    lastMillis = (lastEnd - start) / NANOS_PER_MILLI;
  }

  /** How long changes are gathered before they are published, milliseconds. */
  long moment() {
    long passed = (System.nanoTime() - lastEnd) / NANOS_PER_MILLI;
    return Math.max(LEAST_MOMENT_MILLIS, MOMENTS_PER_PUBLICATION * lastMillis - passed);
  }
}
