package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.io.ProgramFile;
import org.surmala.runner.FlinkRest;
import org.surmala.runner.LocalCluster;
import org.surmala.runner.LocalClusterOptions;
import org.surmala.runner.LocalClusterOptions.StateBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code surmala flink}: a cluster of processes on this machine. */
@Command(
    name = "flink",
    sortOptions = false,
    description = "Starts and stops a Flink cluster of separate processes on this machine.",
    synopsisSubcommandLabel = "(start | add | stop | status | savepoint)",
    footer = {
      "",
      "Examples:",
      "  surmala flink start --taskmanagers 2",
      "  surmala run --songs ~/Music -- \\",
      "    --runner=FlinkRunner --flinkMaster=127.0.0.1:8081",
      "  surmala flink stop"
    })
final class FlinkCommand extends SurmalaCommand {
  /** The folder that identifies the cluster. */
  private static final class ClusterFolder {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        defaultValue = "data",
        description = "Data folder, which has the cluster's folder (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("");

    @Option(
        names = "--folder",
        paramLabel = "DIR",
        description =
            "Folder of the cluster's configuration, logs, checkpoints and savepoints (default:"
                + " flink in the data folder).")
    private @Nullable Path folder;

    Path path() {
      return folder == null ? data.resolve("flink") : folder;
    }
  }

  /** The time to wait for started processes. */
  private static final class Patience {
    @Option(
        names = "--wait",
        paramLabel = "SECONDS",
        defaultValue = "60",
        description =
            "Seconds to wait until the TaskManagers have registered (default: ${DEFAULT-VALUE}).")
    private int seconds;

    Duration wanted() {
      if (seconds < 1) {
        throw new UsageException("--wait is " + seconds + "; give 1 or more seconds");
      }
      return Duration.ofSeconds(seconds);
    }
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "give start, add, stop, status or savepoint");
  }

  @Command(
      name = "start",
      sortOptions = false,
      description = "Starts a JobManager and TaskManagers, and waits until they have registered.")
  int start(
      @Option(
              names = "--taskmanagers",
              paramLabel = "N",
              defaultValue = "2",
              description = "Number of TaskManagers (default: ${DEFAULT-VALUE}).")
          int taskManagers,
      @Option(
              names = "--slots",
              paramLabel = "N",
              defaultValue = "1",
              description = "Task slots per TaskManager (default: ${DEFAULT-VALUE}).")
          int slots,
      @Option(
              names = "--heap",
              paramLabel = "MB",
              defaultValue = "768",
              description = "JVM heap per TaskManager, MB (default: ${DEFAULT-VALUE}).")
          int heap,
      @Option(
              names = "--native",
              paramLabel = "MB",
              defaultValue = "512",
              description =
                  "Memory per TaskManager for FFmpeg, ND4J and OpenBLAS, MB (default:"
                      + " ${DEFAULT-VALUE}).")
          int natives,
      @Option(
              names = "--state",
              paramLabel = "KIND",
              defaultValue = "hashmap",
              description =
                  "State backend: hashmap (on the heap) or rocksdb (on disk)"
                      + " (default: ${DEFAULT-VALUE}).")
          StateBackend state,
      @Option(
              names = "--port",
              paramLabel = "N",
              defaultValue = "8081",
              description =
                  "Port of the web interface on 127.0.0.1; 0 for any free port (default:"
                      + " ${DEFAULT-VALUE}).")
          int port,
      @Option(
              names = "--metrics-port",
              paramLabel = "N",
              defaultValue = "0",
              description =
                  "First port for Prometheus metrics, one port per process; 0 for none (default:"
                      + " ${DEFAULT-VALUE}).")
          int metricsPort,
      @Mixin Patience patience,
      @Mixin ClusterFolder folder,
      @Mixin StandardOptions ownStandard)
      throws IOException {
    Duration wait = patience.wanted();
    LocalClusterOptions options =
        UsageException.unlessRefused(
            () ->
                new LocalClusterOptions(
                    folder.path(), port, taskManagers, slots, heap, natives, state, metricsPort));
    LocalCluster cluster;
    try {
      cluster = LocalCluster.start(options, library(), Path.of(natives(folder.path())), wait);
    } catch (IllegalStateException running) {
      throw new UsageException(String.valueOf(running.getMessage()), running);
    }
    PrintWriter out = spec.commandLine().getOut();
    print(out, cluster);
    out.println();
    out.println("Run on it  surmala run --songs DIR -- \\");
    out.println("             --runner=FlinkRunner --flinkMaster=" + cluster.address());
    out.println("Stop it    surmala flink stop");
    out.flush();
    return 0;
  }

  @Command(
      name = "add",
      sortOptions = false,
      description =
          "Starts one more TaskManager, for example to replace one that died, and waits until it"
              + " has registered.")
  int add(@Mixin Patience patience, @Mixin ClusterFolder folder, @Mixin StandardOptions ownStandard)
      throws IOException {
    String role;
    try {
      role =
          new LocalCluster(folder.path())
              .startTaskManager(library(), Path.of(natives(folder.path())), patience.wanted());
    } catch (IllegalStateException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("started " + role);
    out.flush();
    return 0;
  }

  @Command(
      name = "stop",
      sortOptions = false,
      description = "Stops all processes of the cluster; keeps logs and savepoints.")
  int stop(@Mixin ClusterFolder folder, @Mixin StandardOptions ownStandard) throws IOException {
    int stopped = new LocalCluster(folder.path()).stop();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        stopped == 0 ? "no cluster runs in " + folder.path() : "stopped " + stopped + " processes");
    out.flush();
    return 0;
  }

  @Command(
      name = "status",
      sortOptions = false,
      description = "Shows processes and jobs. The exit code is 1 if no cluster runs.")
  int status(
      @Mixin ClusterFolder folder, @Mixin JsonOption json, @Mixin StandardOptions ownStandard)
      throws IOException {
    LocalCluster cluster = new LocalCluster(folder.path());
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Map<String, Object> answer = asJson(cluster);
      JsonOption.print(out, answer);
      return answer.containsKey("address") ? 0 : 1;
    }
    if (cluster.members().stream().noneMatch(LocalCluster.Member::alive)) {
      out.println("no cluster runs in " + folder.path());
      out.flush();
      return 1;
    }
    print(out, cluster);
    for (FlinkRest.Job job : new FlinkRest(cluster.address()).jobs()) {
      out.println("Job        " + job.id() + "  " + job.state() + "  " + job.name());
    }
    out.flush();
    return 0;
  }

  @Command(
      name = "savepoint",
      sortOptions = false,
      description = {
        "Stops each streaming job with a savepoint, and prints its path. A watch resumes from"
            + " it, with any parallelism.",
        "  surmala watch ... -- ... --savepointPath=PATH"
      })
  int savepoint(@Mixin ClusterFolder folder, @Mixin StandardOptions ownStandard)
      throws IOException {
    FlinkRest rest = new FlinkRest(new LocalCluster(folder.path()).address());
    PrintWriter out = spec.commandLine().getOut();
    List<FlinkRest.Job> streaming = new ArrayList<>();
    for (FlinkRest.Job job : rest.jobs()) {
      if (job.state().equals("RUNNING") && rest.isStreaming(job.id())) {
        streaming.add(job);
      }
    }
    if (streaming.isEmpty()) {
      throw new UsageException("no streaming job runs in " + folder.path());
    }
    for (FlinkRest.Job job : streaming) {
      out.println(job.name() + "  " + rest.stop(job.id()));
    }
    out.flush();
    return 0;
  }

  private static Map<String, Object> asJson(LocalCluster cluster) throws IOException {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (cluster.members().stream().anyMatch(LocalCluster.Member::alive)) {
      FlinkRest rest = new FlinkRest(cluster.address());
      FlinkRest.Overview overview = rest.overview();
      answer.put("address", cluster.address());
      answer.put("task_managers", overview.taskManagers());
      answer.put("slots", overview.slots());
      answer.put("free_slots", overview.freeSlots());
      answer.put("jobs", rest.jobs());
    }
    List<Map<String, Object>> processes = new ArrayList<>();
    for (LocalCluster.Member member : cluster.members()) {
      processes.add(Map.of("id", member.id(), "role", member.role(), "alive", member.alive()));
    }
    answer.put("processes", processes);
    return answer;
  }

  private static void print(PrintWriter out, LocalCluster cluster) throws IOException {
    FlinkRest.Overview overview = new FlinkRest(cluster.address()).overview();
    out.println("Address    http://" + cluster.address());
    out.println(
        "Slots      %s on %s TaskManagers, %s free"
            .formatted(overview.slots(), overview.taskManagers(), overview.freeSlots()));
    for (LocalCluster.Member member : cluster.members()) {
      out.println(
          "Process    %s  %s%s"
              .formatted(member.id(), member.role(), member.alive() ? "" : "  (not running)"));
    }
  }

  /** The folder of Flink's jars, beside the program's jar. */
  private static Path library() {
    return ProgramFile.path().resolveSibling("flink-lib");
  }

  private static String natives(Path folder) {
    return System.getProperty(
        "org.bytedeco.javacpp.cachedir", folder.resolve("natives").toString());
  }
}
