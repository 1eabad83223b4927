package org.surmala.runner;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a local cluster is like. Start from {@link #in(Path)} and change what is wanted.
 *
 * @param folder of its configuration, logs, checkpoints and process numbers
 * @param port of the web interface and of REST, on the loopback address; 0 for any that is free
 * @param taskManagers processes that work, 1 or more
 * @param slots of each of them, 1 or more: what a job's parallelism is counted in
 * @param heapMegabytes of each of them for the program's objects, 128 or more
 * @param nativeMegabytes of each of them for FFmpeg, ND4J and OpenBLAS, 128 or more
 * @param stateBackend where streaming state is kept
 * @param metricsPort the first of the ports, one for each process, where Prometheus finds metrics
 *     on every address of the machine; 0 for none
 */
public record LocalClusterOptions(
    Path folder,
    int port,
    int taskManagers,
    int slots,
    int heapMegabytes,
    int nativeMegabytes,
    StateBackend stateBackend,
    int metricsPort) {
  /** Where streaming state is kept. */
  public enum StateBackend {
    /** On the heap. */
    HASHMAP,
    /** On disk. */
    ROCKSDB;

    /** The name that Flink knows it by. */
    String flinkName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int MOST_PORT = 65_535;
  private static final int LEAST_MEGABYTES = 128;

  public LocalClusterOptions {
    range("--port", port, 0, MOST_PORT);
    range("--metrics-port", metricsPort, 0, MOST_PORT);
    range("--taskmanagers", taskManagers, 1, Integer.MAX_VALUE);
    range("--slots", slots, 1, Integer.MAX_VALUE);
    range("--heap", heapMegabytes, LEAST_MEGABYTES, Integer.MAX_VALUE);
    range("--native", nativeMegabytes, LEAST_MEGABYTES, Integer.MAX_VALUE);
    folder = folder.toAbsolutePath().normalize();
  }

  private static void range(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          option
              + " is "
              + value
              + "; give "
              + least
              + (most == Integer.MAX_VALUE ? " or more" : " to " + most));
    }
  }

  /** Port 8081, two TaskManagers of one slot, 768 MB of heap and 512 MB of native memory each. */
  public static LocalClusterOptions in(Path folder) {
    return new LocalClusterOptions(folder, 8_081, 2, 1, 768, 512, StateBackend.HASHMAP, 0);
  }

  /** With this port. */
  public LocalClusterOptions withPort(int value) {
    return new LocalClusterOptions(
        folder,
        value,
        taskManagers,
        slots,
        heapMegabytes,
        nativeMegabytes,
        stateBackend,
        metricsPort);
  }

  /** With the given number of TaskManagers and slots per TaskManager. */
  public LocalClusterOptions withTaskManagers(int count, int slotsOfEach) {
    return new LocalClusterOptions(
        folder,
        port,
        count,
        slotsOfEach,
        heapMegabytes,
        nativeMegabytes,
        stateBackend,
        metricsPort);
  }

  /** With the given heap and native memory per TaskManager, in megabytes. */
  public LocalClusterOptions withMemory(int heap, int natives) {
    return new LocalClusterOptions(
        folder, port, taskManagers, slots, heap, natives, stateBackend, metricsPort);
  }

  /** With state kept there. */
  public LocalClusterOptions withStateBackend(StateBackend value) {
    return new LocalClusterOptions(
        folder, port, taskManagers, slots, heapMegabytes, nativeMegabytes, value, metricsPort);
  }

  /** With metrics for Prometheus from this port on. */
  public LocalClusterOptions withMetricsPort(int value) {
    return new LocalClusterOptions(
        folder, port, taskManagers, slots, heapMegabytes, nativeMegabytes, stateBackend, value);
  }
}
