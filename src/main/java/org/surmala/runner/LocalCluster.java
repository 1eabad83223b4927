package org.surmala.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.surmala.io.LocalFolder;

/**
 * A Flink cluster on this machine: a JobManager and TaskManagers, each a separate process, on the
 * loopback address. Its folder contains {@code conf/config.yaml}, {@code log/}, {@code tmp/},
 * {@code checkpoints/}, {@code savepoints/}, {@code address} (host:port) and {@code processes} (one
 * line per process: id, start time, role).
 */
public final class LocalCluster {
  /** Main classes of the cluster's processes. */
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";

  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
  private static final List<String> OPENED =
      List.of("java.lang", "java.util", "java.nio", "java.net", "sun.nio.ch");
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  /** File with the JVM options of a TaskManager, one per line. */
  private static final String WORKER_JVM = "conf/taskmanager.jvm";

  /**
   * Commands that detach a process from the terminal and its Ctrl-C: setsid, which macOS lacks, or
   * else nohup.
   */
  private static final List<Path> SURVIVAL =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/usr/bin/nohup"));

  private static final Duration POLL = Duration.ofMillis(200);

  private final Path folder;

  /**
   * @param folder folder of the cluster, which need not exist
   */
  public LocalCluster(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * A process of the cluster.
   *
   * @param started start time in milliseconds since 1970, by the system; distinguishes a later
   *     process with the same id
   * @param role jobmanager or taskmanager-N
   */
  public record Member(long id, long started, String role) {
    /** Whether the process is running. */
    public boolean alive() {
      return handle().isPresent();
    }

    java.util.Optional<ProcessHandle> handle() {
      return ProcessHandle.of(id)
          .filter(ProcessHandle::isAlive)
          .filter(process -> started(process) == started);
    }

    private static long started(ProcessHandle process) {
      return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
  }

  /**
   * Starts a cluster and waits until its TaskManagers have registered.
   *
   * @param library folder of Flink's jars
   * @param natives folder for unpacked native libraries
   * @param wait timeout for the TaskManagers
   * @throws IllegalStateException if a cluster already runs in this folder, or {@code library} is
   *     not a folder
   * @throws IOException if a process ends early or the timeout passes; started processes are then
   *     stopped
   */
  public static LocalCluster start(
      LocalClusterOptions options, Path library, Path natives, Duration wait) throws IOException {
    LocalCluster cluster = new LocalCluster(options.folder());
    if (cluster.members().stream().anyMatch(Member::alive)) {
      throw new IllegalStateException(
          "a cluster runs in "
              + cluster.folder
              + " already; surmala flink add starts one more TaskManager, surmala flink stop stops"
              + " it; or use another folder");
    }
    if (!Files.isDirectory(library)) {
      throw new IllegalStateException(
          "Flink's jars are missing: a release has no folder flink-lib; start the cluster from a"
              + " checkout, or use a cluster of Flink with --flinkMaster=HOST:PORT");
    }
    cluster.launch(options, library, natives, wait);
    return cluster;
  }

  /** The REST address, host:port. */
  public String address() throws IOException {
    return Files.readString(folder.resolve("address")).strip();
  }

  /** Every process that was started and not stopped since, including dead ones. */
  public List<Member> members() throws IOException {
    Path file = folder.resolve("processes");
    List<Member> members = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split(" ", 3);
        members.add(new Member(Long.parseLong(fields[0]), Long.parseLong(fields[1]), fields[2]));
      }
    }
    return members;
  }

  /**
   * Starts one more TaskManager like the others, for example to replace a dead one, and waits until
   * it has registered.
   *
   * @return its role
   * @throws IllegalStateException if no JobManager runs in this folder
   * @throws IOException if the process ends early or the timeout passes; after a timeout it may
   *     still register
   */
  public String startTaskManager(Path library, Path natives, Duration wait) throws IOException {
    List<Member> members = members();
    if (members.stream().noneMatch(m -> m.role().equals("jobmanager") && m.alive())) {
      throw new IllegalStateException(
          "no cluster runs in " + folder + "; start one: surmala flink start");
    }
    long number = members.stream().filter(m -> isTaskManager(m.role())).count();
    String role = "taskmanager-" + (number + 1);
    await(
        List.of(
            launch(
                role,
                TASK_MANAGER,
                Files.readAllLines(folder.resolve(WORKER_JVM)),
                library,
                natives)),
        wait);
    return role;
  }

  /**
   * Stops every process, first normally, then forcibly; returns their number. Logs and savepoints
   * stay.
   */
  public int stop() throws IOException {
    List<ProcessHandle> running =
        members().stream().flatMap(member -> member.handle().stream()).toList();
    running.forEach(ProcessHandle::destroy);
    for (ProcessHandle process : running) {
      try {
        process.onExit().get(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException e) {
        process.destroyForcibly();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
    Files.deleteIfExists(folder.resolve("processes"));
    Files.deleteIfExists(folder.resolve("address"));
    LocalFolder.delete(folder.resolve("tmp"));
    return running.size();
  }

  private void launch(LocalClusterOptions options, Path library, Path natives, Duration wait)
      throws IOException {
    for (String part : List.of("conf", "log", "tmp", "checkpoints", "savepoints")) {
      Files.createDirectories(folder.resolve(part));
    }
    Files.deleteIfExists(folder.resolve("processes"));
    int port = options.port() == 0 ? freePort() : options.port();
    int rpcPort = freePort();
    ClusterConfiguration configuration = new ClusterConfiguration(options, port);
    Map<String, String> settings = new LinkedHashMap<>(configuration.settings());
    settings.put("jobmanager.rpc.port", Integer.toString(rpcPort));
    StringBuilder yaml = new StringBuilder();
    settings.forEach((key, value) -> yaml.append(key).append(": \"").append(value).append("\"\n"));
    Files.writeString(folder.resolve("conf/config.yaml"), yaml);
    Files.write(folder.resolve(WORKER_JVM), configuration.taskManagerJvm());
    Files.writeString(folder.resolve("address"), "127.0.0.1:" + port + "\n");
    try {
      launch("jobmanager", JOB_MANAGER, configuration.jobManagerJvm(), library, natives);
      for (int i = 1; i <= options.taskManagers(); i++) {
        launch("taskmanager-" + i, TASK_MANAGER, configuration.taskManagerJvm(), library, natives);
      }
      await(members(), wait);
    } catch (IOException e) {
      stop();
      throw e;
    }
  }

  private Member launch(String role, String main, List<String> jvm, Path library, Path natives)
      throws IOException {
    Path log = folder.resolve("log").resolve(role + ".log");
    List<String> command = new ArrayList<>(survivingItsTerminal());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    for (String opened : OPENED) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    command.add("-Djava.awt.headless=true");
    command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
    command.add("-Dlog.file=" + log);
    command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    command.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss,SSS");
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + natives.toAbsolutePath());
    command.add("-cp");
    command.add(classPath(library));
    command.add(main);
    command.add("--configDir");
    command.add(folder.resolve("conf").toString());
    // Flink's name of the TaskManager is also that of its log and its process.
    command.add("-Dtaskmanager.resource-id=" + role);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // Each worker's BLAS calls stay on the worker's thread.
    builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
    ProcessHandle process = builder.start().toHandle();
    List<Member> members = new ArrayList<>(members());
    Member launched = new Member(process.pid(), Member.started(process), role);
    members.add(launched);
    StringBuilder lines = new StringBuilder();
    for (Member member : members) {
      lines
          .append(member.id())
          .append(' ')
          .append(member.started())
          .append(' ')
          .append(member.role())
          .append('\n');
    }
    Files.writeString(folder.resolve("processes"), lines, StandardCharsets.UTF_8);
    return launched;
  }

  /** The command prefix that lets a process survive its terminal. */
  static List<String> survivingItsTerminal() {
    return SURVIVAL.stream().filter(Files::isExecutable).map(Path::toString).limit(1).toList();
  }

  private static boolean isTaskManager(String role) {
    return role.startsWith("taskmanager");
  }

  /**
   * Waits until the started TaskManagers have registered; an error if one ends, or after the wait.
   */
  void await(List<Member> started, Duration wait) throws IOException {
    FlinkRest rest = new FlinkRest(address());
    List<String> wanted =
        started.stream().map(Member::role).filter(LocalCluster::isTaskManager).toList();
    long end = System.nanoTime() + wait.toNanos();
    while (System.nanoTime() < end) {
      for (Member member : started) {
        if (!member.alive()) {
          throw new IOException(
              "the %s stopped at once; see %s"
                  .formatted(member.role(), folder.resolve("log").resolve(member.role() + ".log")));
        }
      }
      try {
        if (rest.taskManagers().containsAll(wanted)) {
          return;
        }
      } catch (IOException notYet) {
        // The JobManager does not answer until it is up.
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the cluster started", e);
      }
    }
    throw new IOException(
        "%s had not registered after %s s; increase --wait, or see %s"
            .formatted(String.join(", ", wanted), wait.toSeconds(), folder.resolve("log")));
  }

  private static String classPath(Path library) throws IOException {
    try (Stream<Path> files = Files.walk(library)) {
      return String.join(
          System.getProperty("path.separator"),
          files.map(Path::toString).filter(file -> file.endsWith(".jar")).sorted().toList());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
