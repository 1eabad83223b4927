package org.surmala.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.surmala.io.PathText;

/**
 * Flink's configuration of a local cluster. Every part of a TaskManager's memory is set explicitly,
 * since a process that is started without Flink's scripts derives none.
 */
record ClusterConfiguration(LocalClusterOptions options, int port) {
  private static final int FRAMEWORK_HEAP = 128;
  private static final int FRAMEWORK_OFF_HEAP = 128;
  private static final int NETWORK = 64;
  private static final int NETWORK_OF_A_SLOT = 96;
  private static final int MANAGED = 256;
  private static final int METASPACE = 256;
  private static final int OVERHEAD = 192;
  private static final int JOB_MANAGER_HEAP = 512;

  /**
   * 10 to 33 times the JDK's C2 thresholds: each job loads new classes, and C2 would recompile code
   * that runs only for seconds.
   */
  private static final List<String> LATER_C2 =
      List.of(
          "-XX:Tier4InvocationThreshold=100000",
          "-XX:Tier4MinInvocationThreshold=20000",
          "-XX:Tier4CompileThreshold=200000",
          "-XX:Tier4BackEdgeThreshold=400000");

  /** The contents of config.yaml, by Flink's keys. */
  Map<String, String> settings() {
    String folder = PathText.uri(PathText.folder(options.folder())).toString();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("jobmanager.rpc.address", "127.0.0.1");
    settings.put("jobmanager.rpc.port", "0");
    settings.put("jobmanager.bind-host", "127.0.0.1");
    settings.put("taskmanager.host", "127.0.0.1");
    settings.put("taskmanager.bind-host", "127.0.0.1");
    settings.put("rest.address", "127.0.0.1");
    settings.put("rest.bind-address", "127.0.0.1");
    settings.put("rest.port", Integer.toString(port));
    settings.put("blob.server.port", "0");
    settings.put("io.tmp.dirs", options.folder().resolve("tmp").toString());
    settings.put("web.upload.dir", options.folder().resolve("tmp").toString());

    settings.put("taskmanager.numberOfTaskSlots", Integer.toString(options.slots()));
    settings.put("taskmanager.cpu.cores", options.slots() + ".0");
    settings.put("taskmanager.memory.framework.heap.size", megabytes(FRAMEWORK_HEAP));
    settings.put("taskmanager.memory.task.heap.size", megabytes(options.heapMegabytes()));
    settings.put("taskmanager.memory.framework.off-heap.size", megabytes(FRAMEWORK_OFF_HEAP));
    settings.put("taskmanager.memory.task.off-heap.size", megabytes(options.nativeMegabytes()));
    settings.put("taskmanager.memory.network.min", megabytes(network()));
    settings.put("taskmanager.memory.network.max", megabytes(network()));
    // Each shuffle on disk takes at least this number of buffers: 512 would be 16 MB for each of
    // dozens of shuffles.
    settings.put("taskmanager.network.sort-shuffle.min-buffers", "64");
    settings.put("taskmanager.memory.managed.size", megabytes(MANAGED));
    settings.put("taskmanager.memory.jvm-metaspace.size", megabytes(METASPACE));
    settings.put("taskmanager.memory.jvm-overhead.min", megabytes(OVERHEAD));
    settings.put("taskmanager.memory.jvm-overhead.max", megabytes(OVERHEAD));

    // One copy of each native library per process, shared by all jobs.
    settings.put(
        "classloader.parent-first-patterns.additional", "org.bytedeco.;org.nd4j.;ai.onnxruntime.");
    settings.put("heartbeat.interval", "2000");
    settings.put("heartbeat.timeout", "20000");
    // By default, jobs restart after the loss of a TaskManager: a batch job cannot configure it.
    // Each region that misses data of a lost TaskManager fails by itself. With a fixed delay each
    // of them is an attempt; with a growing one, those during a delay are one attempt.
    settings.put("restart-strategy.type", "exponential-delay");
    settings.put("restart-strategy.exponential-delay.attempts-before-reset-backoff", "10");
    settings.put("restart-strategy.exponential-delay.max-backoff", "5 s");
    settings.put("state.backend.type", options.stateBackend().flinkName());
    settings.put("state.checkpoints.dir", folder + "checkpoints");
    settings.put("state.savepoints.dir", folder + "savepoints");
    // Milliseconds; the largest age of metrics over REST.
    settings.put("metrics.fetcher.update-interval", "2000");
    if (options.metricsPort() > 0) {
      settings.put(
          "metrics.reporter.prometheus.factory.class",
          "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
      settings.put(
          "metrics.reporter.prometheus.port",
          options.metricsPort() + "-" + (options.metricsPort() + options.taskManagers()));
    }
    return settings;
  }

  /** The JVM's options of the JobManager. */
  List<String> jobManagerJvm() {
    return with(
        LATER_C2, "-Xmx" + JOB_MANAGER_HEAP + "m", "-XX:MaxMetaspaceSize=" + METASPACE + "m");
  }

  /** The JVM's options of a TaskManager, which agree with {@link #settings}. */
  List<String> taskManagerJvm() {
    return with(
        LATER_C2,
        "-Xmx" + (FRAMEWORK_HEAP + options.heapMegabytes()) + "m",
        "-XX:MaxDirectMemorySize="
            + (network() + FRAMEWORK_OFF_HEAP + options.nativeMegabytes())
            + "m",
        "-XX:MaxMetaspaceSize=" + METASPACE + "m",
        "-Dorg.bytedeco.javacpp.maxbytes=" + options.nativeMegabytes() + "m",
        // The total memory of the process: the whole budget of a TaskManager.
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=" + taskManagerMegabytes() + "m");
  }

  private static List<String> with(List<String> options, String... further) {
    return Stream.concat(options.stream(), Stream.of(further)).toList();
  }

  /** Total memory of a TaskManager. */
  int taskManagerMegabytes() {
    return FRAMEWORK_HEAP
        + options.heapMegabytes()
        + FRAMEWORK_OFF_HEAP
        + options.nativeMegabytes()
        + network()
        + MANAGED
        + METASPACE
        + OVERHEAD;
  }

  private int network() {
    return NETWORK + options.slots() * NETWORK_OF_A_SLOT;
  }

  private static String megabytes(int count) {
    return count + "m";
  }
}
