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
 * Everything that a watch is built from.
 *
 * @param pipeline the stages, as a run would have them
 * @param read where songs come from, and the collection's history
 * @param versions fitted so far
 * @param rules when there is another
 * @param poll interval between two polls, milliseconds
 * @param manifest what each model version's manifest says of the request
 */
public record WatchConfig(
    PipelineConfig pipeline,
    WatchOptions read,
    ModelVersions versions,
    WatchRules rules,
    long poll,
    RunManifest.Request manifest)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** More than the workers that would assign songs of one collection. */
  private static final int MOST_ASSIGN_SHARDS = 128;

  /**
   * Builds it.
   *
   * @param data the data folder, absolute, ending in a slash
   * @param shards of songs
   * @param runner its simple name
   * @throws UsageException when options contradict each other
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

  /** The same for songs that are announced. */
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

  /** Shards of songs that are assigned side by side; the same for a watch and its savepoints. */
  int assignShards() {
    return Math.min(MOST_ASSIGN_SHARDS, pipeline.shards().count());
  }

  Duration pollInterval() {
    return Duration.millis(poll);
  }

  /** A file that asks for a new model version as long as it is there. */
  String demand() {
    return pipeline.results() + "refit";
  }

  /** A file that says that everything which was taken before the end is in the results. */
  String ended() {
    return pipeline.report().data() + "watch.ended";
  }
}
