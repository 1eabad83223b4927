package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.io.CsvFile;
import org.surmala.io.CsvRow;
import org.surmala.pipeline.TestSongs;
import org.surmala.runner.FlinkRest;
import org.surmala.runner.LocalCluster;
import org.surmala.runner.LocalClusterOptions;
import org.surmala.runner.PrometheusPorts;
import org.surmala.schema.FileEvent;

/** A watch on a cluster of separate processes; its client is a process of its own too. */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FlinkWatchIT {
  private static final int SONGS = 18;
  private static final double SECONDS = 6;

  /** As many jobs were there before, in the other tests. */
  private static final int WATCHES = 4;

  /**
   * Not one for each job: JavaCPP's and ND4J's threads hold the job that they were started in, and
   * the JDK's method handles the last that they were adapted for.
   */
  private static final int LOADERS_THAT_STAY = 4;

  private static final int HEXADECIMAL = 16;
  private static final Path JAR =
      Path.of(System.getProperty("surmala.jar", "target/surmala.jar")).toAbsolutePath();
  private static final Path LIBRARY = JAR.resolveSibling("flink-lib");
  private static final Path NATIVES = JAR.resolveSibling("natives");

  @TempDir private static Path master;
  @TempDir private Path folder;

  private static LocalClusterOptions options;
  private static LocalCluster cluster;

  private final List<WatchProcess> clients = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    options =
        new LocalClusterOptions(
            master.resolve("flink"),
            0,
            2,
            2,
            768,
            512,
            LocalClusterOptions.StateBackend.ROCKSDB,
            PrometheusPorts.free());
    cluster = LocalCluster.start(options, LIBRARY, NATIVES, Duration.ofSeconds(60));
    TestSongs.write(master.resolve("songs"), 0, SONGS, SECONDS);
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.stop();
    }
  }

  @AfterEach
  void endAll() throws InterruptedException, IOException {
    for (WatchProcess client : clients) {
      client.kill();
    }
    for (FlinkRest.Job job : rest().jobs()) {
      if (!job.hasEnded()) {
        rest().cancel(job.id());
      }
    }
  }

  @Test
  void givenATaskManagerThatIsKilled_whenSongsArriveBeforeDuringAndAfter_thenEachIsAssignedOnce()
      throws IOException, InterruptedException {
    arrive(0, 8);
    Files.writeString(folder.resolve("songs/broken.mp3"), "no song");
    WatchProcess client = watch("--parallelism=2");
    client.await("found,9 clustered,8 failed,1 skipped,0 duplicate,0 waiting,0");
    arrive(8, 12);
    client.await("found,13 clustered,12 failed,1 skipped,0 duplicate,0 waiting,0");
    awaitMetric(client, "Through", "stored", 12);
    awaitMetric(client, "Poll", "taken", 13);
    awaitMetric(client, "KeepOutcomes", "failures_not_audio", 1);
    awaitMetric(client, "Assign", "assigned", 4);
    awaitMetric(client, "ModelVersions", "model_versions", 1);
    awaitMetric(
        client, "ModelVersions", "version_neighbour_vae", Long.parseLong(model(), HEXADECIMAL));
    // Each stage is a step of its own, with its own songs, failures and times.
    for (String stage : List.of("Decode", "Resample", "Segment", "Featurize")) {
      String step = "ExtractFeatures/" + stage + "/Each/ParMultiDo(Through)";
      assertThat(counter(step + ".numRecordsIn")).as(stage).isGreaterThanOrEqualTo(12);
      assertThat(counter(step + ".surmala_micros_" + stage.toLowerCase(Locale.ROOT)))
          .as(stage)
          .isPositive();
      assertThat(counter(step + ".surmala_failed")).isEqualTo(stage.equals("Decode") ? 1 : -1);
    }
    awaitMetric(client, "Publish", "backlog", 0);
    awaitMetric(client, "Publish", "clustered", 12);
    while (get("/jobs/" + job() + "/checkpoints").path("counts").path("completed").asInt() == 0) {
      client.assertGoesOn(100);
    }

    requireShown(client);

    arrive(12, 14);
    ProcessHandle.of(member(taskManager()).id()).orElseThrow().destroyForcibly();
    arrive(14, 16);
    client.await("found,17 clustered,16 failed,1 skipped,0 duplicate,0 waiting,0");
    arrive(16, 18);
    client.await("found,19 clustered,18 failed,1 skipped,0 duplicate,0 waiting,0");
    cluster.startTaskManager(LIBRARY, NATIVES, Duration.ofSeconds(60));

    assertThat(get("/jobs/" + job() + "/exceptions").path("exceptionHistory").path("entries"))
        .as("what the job was told of the kill")
        .isNotEmpty();
    assertThat(get("/jobs/" + job() + "/checkpoints").path("counts").path("restored").asInt())
        .isEqualTo(1);
    client.end();
    assertEachIsTakenAndAssignedOnce(18);
    // The fits were jobs of their own, beside the watch.
    assertThat(
            rest().jobs().stream()
                .filter(job -> job.name().startsWith("surmala-refit-"))
                .map(FlinkRest.Job::state))
        .hasSize(2)
        .containsOnly("FINISHED");
    assertThat(client.log())
        .containsPattern("Song 17 +[^ ]")
        .contains("surmala: stopped; all accepted songs are in ");
  }

  /** Every metric of the rules and the dashboard is one that the cluster shows to Prometheus. */
  private static void requireShown(WatchProcess client) throws IOException, InterruptedException {
    Set<String> named = new TreeSet<>();
    for (String file : List.of("rules.yaml", "dashboard.json")) {
      Pattern.compile("flink_\\w+(\\.\\+)?")
          .matcher(Files.readString(Path.of("pipelines/flink/monitoring", file)))
          .results()
          .forEach(metric -> named.add(metric.group()));
    }
    assertThat(named).hasSizeGreaterThan(15);
    Set<String> missing = new TreeSet<>(named);
    for (int i = 0; i < 600 && !missing.isEmpty(); i++) {
      Set<String> shown = PrometheusPorts.names(options);
      missing.removeIf(name -> shown.stream().anyMatch(metric -> metric.matches(name)));
      client.assertGoesOn(100);
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void givenASavepoint_whenTakenUpAtAnotherParallelism_thenNoSongIsLostAndNoneIsHeardTwice()
      throws IOException, InterruptedException {
    arrive(0, 10);
    WatchProcess first = watch("--parallelism=2");
    first.await("found,10 clustered,10 failed,0 skipped,0 duplicate,0 waiting,0");
    String savepoint = rest().stop(job());
    first.assertEnds();
    assertThat(first.log()).contains("surmala: stopped in its cluster, with a savepoint");

    arrive(10, 13);
    WatchProcess second = watch("--parallelism=1", "--savepointPath=" + savepoint);
    second.await("found,13 clustered,13 failed,0 skipped,0 duplicate,0 waiting,0");
    assertThat(get("/jobs/" + job() + "/checkpoints").path("counts").path("restored").asInt())
        .isEqualTo(1);
    awaitMetric(second, "Through", "stored", 3);
    // What the restored state knows is not sent again.
    awaitMetric(second, "Poll", "taken", 3);
    second.end();
    assertEachIsTakenAndAssignedOnce(13);

    // As after a change of the state's schema.
    WatchProcess third = watch("--parallelism=4");
    awaitMetric(third, "Poll", "taken", 13);
    awaitMetric(third, "Through", "recalled", 13);
    awaitMetric(third, "Publish", "clustered", 13);
    assertThat(metric("Through", "stored")).as("songs extracted again").isEqualTo(-1);

    // As a drive that is taken out, and put in again.
    Path drive = folder.resolve("songs");
    Files.move(drive, folder.resolve("drive"));
    third.awaitWords(
        "and its cluster restarted it: java.io.IOException: '" + drive + "' is not there; give");
    Files.move(folder.resolve("drive"), drive);
    arrive(13, 14);
    third.await("found,14 clustered,14 failed,0 skipped,0 duplicate,0 waiting,0");
    // A fit may be due, for which this watch has left no slot.
    third.end();
    assertEachIsTakenAndAssignedOnce(14);
  }

  /** The last, so that it finds what the others leave behind too. */
  @Test
  @Order(Integer.MAX_VALUE)
  void givenWatchesOneAfterAnother_whenSomeClientsAreKilled_thenEachGoesOnAndClassesAreUnloaded()
      throws IOException, InterruptedException {
    arrive(0, 8);
    for (int i = 0; i < WATCHES; i++) {
      int songs = 9 + i;
      arrive(songs - 1, songs);
      WatchProcess client = watch("--parallelism=2");
      // The job of a client that was killed goes on, and may be as far before this one follows.
      client.awaitWords("found %1$d · waiting 0 · clustered %1$d".formatted(songs));
      if (i % 2 == 0) {
        client.kill();
      } else {
        client.end();
      }
    }

    assertEachIsTakenAndAssignedOnce(8 + WATCHES);
    assertThat(rest().jobs().stream().filter(job -> !job.hasEnded())).isEmpty();
    for (LocalCluster.Member member : cluster.members()) {
      if (member.alive() && member.role().startsWith("taskmanager")) {
        assertThat(loadersThatStay(member))
            .as(member.role())
            .isLessThanOrEqualTo(LOADERS_THAT_STAY);
      }
    }
  }

  /**
   * Class loaders of jobs that collections leave. What a cleaner or a finalizer holds goes with the
   * collection after the one that found it, and the tasks of the last job may be ending.
   */
  private static long loadersThatStay(LocalCluster.Member member)
      throws IOException, InterruptedException {
    long stay = Long.MAX_VALUE;
    for (int collection = 0; collection < 10 && stay > LOADERS_THAT_STAY; collection++) {
      jcmd(member, "GC.run");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      stay =
          jcmd(member, "VM.classloader_stats")
              .lines()
              .filter(line -> line.contains("ChildFirstClassLoader"))
              .count();
    }
    return stay;
  }

  private static String jcmd(LocalCluster.Member member, String command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(member.id()),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private WatchProcess watch(String... beam) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--runner=FlinkRunner",
                "--flinkMaster=" + cluster.address(),
                "--filesToStage=" + JAR));
    all.addAll(List.of(beam));
    WatchProcess client = new WatchProcess(folder, "client-" + clients.size(), all);
    clients.add(client);
    return client;
  }

  private void arrive(int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      String name =
          String.format(
              Locale.ROOT,
              "%s/song %03d.%s",
              i % 2 == 0 ? "bright" : "dark",
              i,
              TestSongs.SIX.get(i / 2 % TestSongs.SIX.size()).extension());
      Path copy = folder.resolve("songs").resolve(name);
      Files.createDirectories(Objects.requireNonNull(copy.getParent()));
      // Whole at once: a copy that stalls for two polls is taken as it is, and again when it is
      // done.
      Path arriving = folder.resolve("arriving");
      Files.copy(master.resolve("songs").resolve(name), arriving);
      Files.move(arriving, copy, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private String model() throws IOException {
    return CsvFile.read(folder.resolve("out/assignments.csv").toString()).get(0).get("model");
  }

  private void assertEachIsTakenAndAssignedOnce(int songs) throws IOException {
    Set<String> assigned = new HashSet<>();
    for (CsvRow row : CsvFile.read(folder.resolve("out/assignments.csv").toString())) {
      assertThat(assigned.add(row.get("id"))).as(row.toString()).isTrue();
    }
    assertThat(assigned).hasSize(songs);
    Set<String> taken = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (FileEvent event : new FileEventLog(folder.resolve("data/history") + "/").after(0)) {
      assertThat(taken.add(event.getUri())).as(event.toString()).isTrue();
      if (event.getSong() != null && event.getFailure() == null) {
        ids.add(event.getSong().getId());
      }
    }
    assertThat(ids).isEqualTo(assigned);
  }

  private static FlinkRest rest() throws IOException {
    return new FlinkRest(cluster.address());
  }

  /** The watch that was submitted last. */
  private static String job() throws IOException {
    return rest().jobs().stream()
        .filter(job -> job.name().startsWith("surmala-watch-"))
        .max(Comparator.comparingLong(FlinkRest.Job::start))
        .orElseThrow()
        .id();
  }

  /** One that works on the job, by its name. */
  private static String taskManager() throws IOException {
    String step = get("/jobs/" + job()).path("vertices").path(0).path("id").asText();
    return get("/jobs/" + job() + "/vertices/" + step)
        .path("subtasks")
        .path(0)
        .path("taskmanager-id")
        .asText();
  }

  private static LocalCluster.Member member(String role) throws IOException {
    return cluster.members().stream()
        .filter(member -> member.role().equals(role))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitMetric(WatchProcess client, String step, String name, long value)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long found = metric(step, name);
    while (found != value && WatchProcess.isPatient(start)) {
      client.assertGoesOn(200);
      found = metric(step, name);
    }
    assertThat(found).as(name).isEqualTo(value);
  }

  /** A metric of a step of the last job, summed over its tasks; -1 when there is none. */
  private static long metric(String step, String name) throws IOException {
    return counter("ParMultiDo(" + step + ").surmala_" + name);
  }

  /** The metrics of the last job whose name ends so, summed; -1 when there is none. */
  private static long counter(String ending) throws IOException {
    String job = job();
    long sum = -1;
    for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
      String path = "/jobs/" + job + "/vertices/" + vertex.path("id").asText() + "/metrics";
      for (JsonNode metric : get(path)) {
        String id = metric.path("id").asText();
        if (id.endsWith(ending)) {
          String query = "?get=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
          sum = Math.max(sum, 0) + get(path + query).path(0).path("value").asLong();
        }
      }
    }
    return sum;
  }

  private static JsonNode get(String path) throws IOException {
    return new ObjectMapper().readTree(URI.create("http://" + cluster.address() + path).toURL());
  }
}
