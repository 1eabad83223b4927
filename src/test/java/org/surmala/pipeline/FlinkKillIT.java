package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.config.RunRequest;
import org.surmala.runner.LocalCluster;
import org.surmala.runner.LocalClusterOptions;

/**
 * Runs in blocks that lose a TaskManager after extraction, against a run of the Direct Runner. The
 * TaskManager that is killed is one that runs a task of the given step.
 */
@Tag("full")
final class FlinkKillIT {
  private static final int SONGS = 200;
  private static final Path JAR =
      Path.of(System.getProperty("surmala.jar", "target/surmala.jar")).toAbsolutePath();
  private static final Path LIBRARY = JAR.resolveSibling("flink-lib");
  private static final Path NATIVES = JAR.resolveSibling("natives");

  /** Files with times, the runner or absolute paths. */
  private static final Pattern OF_ONE_RUN =
      Pattern.compile(
          "out/(\\.?run\\..*|REPORT\\.md|index\\.html|records/checkpoints\\.avro)|data/models/fits/.*");

  @TempDir private static Path folder;

  private static LocalCluster cluster;
  private static Map<String, String> undisturbed;

  @BeforeAll
  static void startAndRunDirectly() throws IOException {
    LocalClusterOptions options =
        new LocalClusterOptions(
            folder.resolve("flink"),
            0,
            2,
            2,
            768,
            512,
            LocalClusterOptions.StateBackend.HASHMAP,
            0);
    cluster = LocalCluster.start(options, LIBRARY, NATIVES, Duration.ofSeconds(60));
    TestSongs.write(folder.resolve("songs"), 0, SONGS, 4);
    new SongRun(request("undisturbed", List.of()), p -> {}).execute();
    undisturbed = hashes("undisturbed");
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Train/Fit/", "Cluster/Silhouettes/", "Report/InParts/WritePart/"})
  void
      givenATaskManagerThatIsKilledInAStep_whenItsJobRecovers_thenTheResultsAreThoseOfARunLeftAlone(
          String step) throws IOException, InterruptedException, ExecutionException {
    String name = step.replace('/', '-');
    // With their features in the store, the songs are not decoded again.
    for (String kept : List.of("data/features", "data/processed")) {
      TestRuns.copy(
          folder.resolve("undisturbed").resolve(kept), folder.resolve(name).resolve(kept));
    }
    Map<LocalCluster.Member, Integer> before = new HashMap<>();
    for (LocalCluster.Member member : cluster.members()) {
      if (member.alive()) {
        before.put(member, log(member).length());
      }
    }
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      List<String> beam =
          List.of(
              "--runner=FlinkRunner",
              "--flinkMaster=" + cluster.address(),
              "--parallelism=4",
              "--filesToStage=" + JAR);
      Future<RunOutcome> run =
          executor.submit(() -> new SongRun(request(name, beam), p -> {}).execute());
      ProcessHandle.of(running(step, before, run).id()).orElseThrow().destroyForcibly();
      // The job has every slot: it goes on when there are as many again.
      cluster.startTaskManager(LIBRARY, NATIVES, Duration.ofSeconds(60));
      RunOutcome outcome = run.get();

      assertThat(outcome.coverage()).isEqualTo(new Coverage(SONGS, SONGS, 0, 0, 0));
      assertThat(before.entrySet())
          .filteredOn(member -> member.getKey().role().equals("jobmanager"))
          .singleElement()
          .satisfies(
              member ->
                  assertThat(log(member.getKey()).substring(member.getValue()))
                      .contains("from state RUNNING to RESTARTING"));
      assertThat(hashes(name)).isEqualTo(undisturbed);
    } finally {
      executor.shutdownNow();
    }
  }

  /**
   * Waits for a TaskManager that runs a task with a step. Its log says so at once; the REST API is
   * seconds behind.
   *
   * @param before lengths of the logs before the run
   */
  private static LocalCluster.Member running(
      String step, Map<LocalCluster.Member, Integer> before, Future<?> run)
      throws IOException, InterruptedException, ExecutionException {
    Pattern started = Pattern.compile(Pattern.quote(step) + ".* from INITIALIZING to RUNNING");
    while (!endsWithin(run, 5)) {
      for (Map.Entry<LocalCluster.Member, Integer> member : before.entrySet()) {
        if (member.getKey().role().startsWith("taskmanager")
            && started.matcher(log(member.getKey()).substring(member.getValue())).find()) {
          return member.getKey();
        }
      }
    }
    throw new AssertionError("no TaskManager ran " + step);
  }

  private static boolean endsWithin(Future<?> run, int milliseconds)
      throws InterruptedException, ExecutionException {
    try {
      run.get(milliseconds, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException running) {
      return false;
    }
  }

  /** In Latin-1, so that a character that is half written has a length too. */
  private static String log(LocalCluster.Member member) throws IOException {
    return Files.readString(
        folder.resolve("flink/log").resolve(member.role() + ".log"), StandardCharsets.ISO_8859_1);
  }

  private static RunRequest request(String name, List<String> beam) {
    RunRequest request =
        TestRuns.request(folder.resolve("songs"), folder.resolve(name), "out", "data", beam);
    request.settings().set("cluster.blocks", "3");
    return request;
  }

  /** Hashes of the files of a run by path. */
  private static Map<String, String> hashes(String name) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    Path run = folder.resolve(name);
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = run.relativize(file).toString();
        if (!OF_ONE_RUN.matcher(path).matches()) {
          hashes.put(path, DigestUtils.sha256Hex(Files.readAllBytes(file)));
        }
      }
    }
    return hashes;
  }
}
