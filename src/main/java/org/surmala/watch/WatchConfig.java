package org.surmala.watch;

import java.io.Serializable;
import org.joda.time.Duration;
import org.surmala.config.Keys;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.config.UsageException;
import org.surmala.io.Shards;
import org.surmala.pipeline.RunManifest;

/**
 * The configuration of a watch.
 *
 * @param pipeline the stages, as in a run
 * @param poll interval between two polls, milliseconds
 * @param manifest entries about the request for each model version's manifest
 */
public record WatchConfig(
    PipelineConfig pipeline,
    WatchOptions read,
    ModelVersions versions,
    WatchRules rules,
    long poll,
    RunManifest.Request manifest)
    implements Serializable {
  /** More than the number of workers that one collection needs. */
  private static final int MOST_ASSIGN_SHARDS = 128;

  /**
   * Builds the configuration.
   *
   * @param data the data folder, absolute, ending in a slash
   * @param shards of songs
   * @throws UsageException if options contradict each other
   */
  public static WatchConfig of(RunRequest request, String data, Shards shards, String runner) {
    PipelineConfig pipeline = PipelineConfig.of(request, data, shards);
    return new WatchConfig(
        pipeline,
        new WatchOptions(
            pipeline.read(), new FileEventLog(data + "history/"), data + "watch.ending", null),
        new ModelVersions(data + "versions/" + pipeline.run() + "/"),
        WatchRules.of(request.settings()),
        Math.round(1_000 * request.settings().get(Keys.POLL_SECONDS)),
        RunManifest.Request.of(request, runner));
  }

  /** The same for songs that a message log announces. */
  WatchConfig announced(MessageInbox arrivals) {
    return new WatchConfig(
        pipeline,
        new WatchOptions(read.read(), read.history(), read.ending(), arrivals),
        versions,
        rules,
        poll,
        manifest);
  }

  public FileEventLog history() {
    return read.history();
  }

  /** Number of shards that assign songs in parallel; the same for a watch and its savepoints. */
  int assignShards() {
    return Math.min(MOST_ASSIGN_SHARDS, pipeline.shards().count());
  }

  Duration pollInterval() {
    return Duration.millis(poll);
  }

  /** Path of the file that requests a new model version while it exists. */
  String demand() {
    return pipeline.results() + "refit";
  }

  /** Path of the end marker: the file exists once everything taken before the end is published. */
  String ended() {
    return pipeline.report().data() + "watch.ended";
  }
}
