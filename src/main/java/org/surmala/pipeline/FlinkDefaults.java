package org.surmala.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.surmala.files.LocalFolder;
import org.surmala.flink.FlinkRest;

/**
 * What a run on Flink is given where nothing was typed: that it recovers when a worker dies, uses
 * every slot of the cluster, and can be followed from here.
 */
final class FlinkDefaults {
  /** Milliseconds between checkpoints of a streaming pipeline; a batch one has none. */
  private static final long CHECKPOINT_INTERVAL = 10_000;

  /** How often a job starts again before it counts as failed. */
  private static final int RESTARTS = 10;

  /** Milliseconds before it does. */
  private static final long RESTART_DELAY = 1_000;

  private FlinkDefaults() {}

  /**
   * Fills in what was not typed.
   *
   * @throws UsageException when no cluster answers at the address that was typed
   */
  static void fill(FlinkPipelineOptions options, List<String> typed) {
    if (absent(typed, "flinkMaster")) {
      options.setFlinkMaster("[auto]");
    }
    if (absent(typed, "checkpointingInterval")) {
      options.setCheckpointingInterval(CHECKPOINT_INTERVAL);
    }
    if (absent(typed, "numberOfExecutionRetries")) {
      options.setNumberOfExecutionRetries(RESTARTS);
    }
    if (absent(typed, "executionRetryDelay")) {
      options.setExecutionRetryDelay(RESTART_DELAY);
    }
    if (absent(typed, "objectReuse")) {
      // No step changes what it was given, or what it gave: the Direct Runner's tests check that.
      options.setObjectReuse(true);
    }
    if (isRemote(options)) {
      if (absent(typed, "attachedMode")) {
        options.setAttachedMode(false);
      }
      if (absent(typed, "parallelism")) {
        options.setParallelism(slots(options.getFlinkMaster()));
      }
    } else if (options.getFlinkMaster().equals("[local]") && absent(typed, "parallelism")) {
      options.setParallelism(Runtime.getRuntime().availableProcessors());
    }
    if (absent(typed, "flinkConfDir") && System.getenv("FLINK_CONF_DIR") == null) {
      options.setFlinkConfDir(configuration().toString());
    }
  }

  /** Whether the job goes to a cluster that was named by its address. */
  static boolean isRemote(FlinkPipelineOptions options) {
    return !options.getFlinkMaster().startsWith("[");
  }

  private static boolean absent(List<String> typed, String option) {
    return typed.stream()
        .noneMatch(o -> o.equals("--" + option) || o.startsWith("--" + option + "="));
  }

  private static int slots(String master) {
    try {
      int slots = new FlinkRest(master).overview().slots();
      if (slots < 1) {
        throw new UsageException(
            "the Flink cluster at " + master + " has no TaskManager; start one");
      }
      return slots;
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          "--flinkMaster="
              + master
              + ": no Flink cluster answers there; surmala flink start starts one ("
              + e
              + ")",
          e);
    }
  }

  /** Beam hands a batch job's restart strategy to Flink by no option, only by Flink's own file. */
  private static Path configuration() {
    try {
      Path folder = Files.createTempDirectory("surmala-flink");
      Files.writeString(
          folder.resolve("config.yaml"),
          """
          restart-strategy.type: fixed-delay
          restart-strategy.fixed-delay.attempts: "%d"
          restart-strategy.fixed-delay.delay: "%d ms"
          """
              .formatted(RESTARTS, RESTART_DELAY));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      LocalFolder.delete(folder);
                    } catch (IOException e) {
                      // It is in the folder for what may be lost.
                    }
                  }));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
