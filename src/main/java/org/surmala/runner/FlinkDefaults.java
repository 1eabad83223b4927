package org.surmala.runner;

import java.io.IOException;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.config.UsageException;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;

/**
 * What a run on Flink is given where nothing was typed: that it recovers when a worker dies, uses
 * every slot of the cluster, and can be followed from here.
 *
 * <p>How often a batch job starts again is the cluster's to say: Flink 1.19 takes {@code
 * restart-strategy} from a job of the DataSet kind by no other way than a call that Beam does not
 * make.
 */
final class FlinkDefaults {
  /** Milliseconds between checkpoints of a streaming pipeline; a batch one has none. */
  private static final long CHECKPOINT_INTERVAL = 10_000;

  /** How often a streaming job starts again before it counts as failed. */
  private static final int RESTARTS = 10;

  /** The same for one that goes on for months, in which machines come and go. */
  private static final int ENDLESS_RESTARTS = 10_000;

  /** Milliseconds before it does. */
  private static final long RESTART_DELAY = 1_000;

  private static final int JOB_DIGITS = 12;

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
    if (absent(typed, "reIterableGroupByKeyResult")) {
      // What joins the songs of a model reads a group twice when it has more than 10,000 members.
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
   * Fills in what a pipeline needs besides that never ends.
   *
   * @param data the data folder, by which a job is known again whose client died
   */
  static void fillEndless(FlinkPipelineOptions options, List<String> typed, String data) {
    options.setStreaming(true);
    if (isRemote(options) && absent(typed, "parallelism")) {
      // A fit is a second job, and needs slots of its own.
      options.setParallelism(Math.max(1, slots(options.getFlinkMaster()) / 2));
    }
    if (absent(typed, "numberOfExecutionRetries")) {
      // No machine comes and goes inside the program, and what fails there would fail again.
      options.setNumberOfExecutionRetries(
          options.getFlinkMaster().equals("[local]") ? 0 : ENDLESS_RESTARTS);
    }
    if (absent(typed, "attachedMode")) {
      options.setAttachedMode(false);
    }
    if (options.getFlinkMaster().equals("[local]") && absent(typed, "stateBackend")) {
      // Without one, Flink keeps checkpoints in the memory of the program, and 5 MB at most.
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
   * Fills in what a fit beside a watch needs: the slots that are free, and a name by which it is
   * found again when its client has died.
   *
   * @param data the data folder
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

  /** Where a watch keeps its checkpoints that has no cluster to say it. */
  private static String checkpoints(String data) {
    return PathText.uri(data + "checkpoints").toString();
  }

  /** Whether Flink runs in this process and keeps its checkpoints in the data folder, on disk. */
  static boolean keepsCheckpointsIn(FlinkPipelineOptions options, String data) {
    return options.getFlinkMaster().equals("[local]")
        && !RemoteFiles.isRemote(data)
        && checkpoints(data).equals(options.getStateBackendStoragePath());
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
          "--flinkMaster="
              + master
              + ": no Flink cluster answers there; surmala flink start starts one ("
              + e
              + ")",
          e);
    }
  }
}
