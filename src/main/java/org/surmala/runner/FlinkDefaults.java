package org.surmala.runner;

import java.io.IOException;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.config.UsageException;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;

/**
 * Defaults of a run on Flink: it recovers when a worker dies, uses every slot of the cluster, and
 * can be followed by the client.
 *
 * <p>The cluster determines how often a batch job restarts: Flink 1.19 accepts {@code
 * restart-strategy} for a DataSet job only through a call that Beam does not make.
 */
final class FlinkDefaults {
  /** Milliseconds between checkpoints of a streaming pipeline; a batch pipeline has none. */
  private static final long CHECKPOINT_INTERVAL = 10_000;

  /** Number of restarts before a streaming job counts as failed. */
  private static final int RESTARTS = 10;

  /** Number of restarts of an unbounded job, which runs for months. */
  private static final int ENDLESS_RESTARTS = 10_000;

  /** Milliseconds before a restart. */
  private static final long RESTART_DELAY = 1_000;

  private static final int JOB_DIGITS = 12;

  private FlinkDefaults() {}

  /** Fills in options that were not typed; a cluster must answer at a typed address. */
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
      // No step changes its inputs or outputs: the tests on the Direct Runner check that.
      options.setObjectReuse(true);
    }
    if (absent(typed, "reIterableGroupByKeyResult")) {
      // A join of the songs of a model reads a group twice if it has more than 10,000 members.
      options.setReIterableGroupByKeyResult(true);
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
  }

  /**
   * Fills in further options of an unbounded pipeline, whose job is identified by the data folder.
   */
  static void fillEndless(FlinkPipelineOptions options, List<String> typed, String data) {
    options.setStreaming(true);
    if (isRemote(options) && absent(typed, "parallelism")) {
      // A refit is a second job and needs its own slots.
      options.setParallelism(Math.max(1, slots(options.getFlinkMaster()) / 2));
    }
    if (absent(typed, "numberOfExecutionRetries")) {
      // Inside the program no machine is lost, and a failure would repeat.
      options.setNumberOfExecutionRetries(
          options.getFlinkMaster().equals("[local]") ? 0 : ENDLESS_RESTARTS);
    }
    if (absent(typed, "attachedMode")) {
      options.setAttachedMode(false);
    }
    if (options.getFlinkMaster().equals("[local]") && absent(typed, "stateBackend")) {
      // Without a path, Flink keeps checkpoints in the program's memory, at most 5 MB.
      options.setStateBackend("filesystem");
    }
    if (options.getStateBackend() != null && absent(typed, "stateBackendStoragePath")) {
      options.setStateBackendStoragePath(checkpoints(data));
    }
    if (absent(typed, "jobName")) {
      options.setJobName("surmala-watch-" + hash(data));
    }
  }

  /**
   * Fills in the options of a refit beside a watch: the free slots as parallelism, and a job name
   * that identifies it after the death of its client.
   */
  static void fillFit(FlinkPipelineOptions options, String data) {
    options.setJobName("surmala-refit-" + hash(data));
    if (isRemote(options)) {
      options.setParallelism(Math.max(1, overview(options.getFlinkMaster()).freeSlots()));
    }
  }

  private static String hash(String data) {
    return DigestUtils.sha256Hex(data).substring(0, JOB_DIGITS);
  }

  /** The checkpoint folder of a watch without a cluster. */
  private static String checkpoints(String data) {
    return PathText.uri(data + "checkpoints").toString();
  }

  /** Whether Flink runs in this process and keeps its checkpoints in the data folder, on disk. */
  static boolean keepsCheckpointsIn(FlinkPipelineOptions options, String data) {
    return options.getFlinkMaster().equals("[local]")
        && !RemoteFiles.isRemote(data)
        && checkpoints(data).equals(options.getStateBackendStoragePath());
  }

  /** Whether the job goes to a cluster at a given address. */
  static boolean isRemote(FlinkPipelineOptions options) {
    return !options.getFlinkMaster().startsWith("[");
  }

  private static boolean absent(List<String> typed, String option) {
    return typed.stream()
        .noneMatch(o -> o.equals("--" + option) || o.startsWith("--" + option + "="));
  }

  private static int slots(String master) {
    int slots = overview(master).slots();
    if (slots < 1) {
      throw new UsageException("the Flink cluster at " + master + " has no TaskManager; start one");
    }
    return slots;
  }

  private static FlinkRest.Overview overview(String master) {
    try {
      return new FlinkRest(master).overview();
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          ("--flinkMaster=%s: no Flink cluster answers there; surmala flink start starts"
                  + " one (%s)")
              .formatted(master, e),
          e);
    }
  }
}
