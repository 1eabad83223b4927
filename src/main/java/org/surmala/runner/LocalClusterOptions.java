package org.surmala.runner;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Options of a local cluster.
 *
 * @param folder folder of configuration, logs, checkpoints and process ids
 * @param port port of the web interface and REST, on the loopback address; 0 for any free port
 * @param taskManagers number of TaskManagers, 1 or more
 * @param slots task slots per TaskManager, 1 or more
 * @param heapMegabytes heap per TaskManager, 128 or more
 * @param nativeMegabytes native memory per TaskManager for FFmpeg, ND4J and OpenBLAS, 128 or more
 * @param metricsPort first Prometheus port, one per process, on every address of the machine; 0 for
 *     none
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
  /** Backend of streaming state. */
  public enum StateBackend {
    /** On the heap. */
    HASHMAP,
    /** On disk. */
    ROCKSDB;

    /** The name in Flink's configuration. */
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
          "%s is %s; give %s%s"
              .formatted(
                  option, value, least, most == Integer.MAX_VALUE ? " or more" : " to " + most));
    }
  }
}
