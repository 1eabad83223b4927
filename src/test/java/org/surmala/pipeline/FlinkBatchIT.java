package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.compare.ComparisonRequest;
import org.surmala.compare.ComparisonRun;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.io.CsvFile;
import org.surmala.read.FeatureTableOptions;
import org.surmala.runner.FlinkRest;
import org.surmala.runner.LocalCluster;
import org.surmala.runner.LocalClusterOptions;

/** Runs on a cluster of separate processes, against a run of the Direct Runner. */
final class FlinkBatchIT {
  private static final int SONGS = 200;
  private static final double SECONDS = 4;
  private static final int SUBMISSIONS = 10;
  private static final int PATIENCE_SECONDS = 240;
  private static final Path JAR =
      Path.of(System.getProperty("surmala.jar", "target/surmala.jar")).toAbsolutePath();

  /** In builds with {@code -Pflink}. */
  private static final Path THIN_JAR = JAR.resolveSibling("surmala-flink.jar");

  private static final Path LIBRARY = JAR.resolveSibling("flink-lib");
  private static final Path NATIVES = JAR.resolveSibling("natives");

  @TempDir private static Path master;
  @TempDir private Path folder;

  private static LocalCluster cluster;

  @BeforeAll
  static void startAndRunDirectly() throws IOException {
    LocalClusterOptions options =
        new LocalClusterOptions(
            master.resolve("flink"),
            0,
            2,
            2,
            768,
            512,
            LocalClusterOptions.StateBackend.HASHMAP,
            0);
    cluster = LocalCluster.start(options, LIBRARY, NATIVES, Duration.ofSeconds(60));
    TestSongs.write(master.resolve("songs"), 0, SONGS, SECONDS);
    Files.writeString(master.resolve("songs/bright/broken.mp3"), "no song");
    Files.writeString(master.resolve("songs/notes.txt"), "no song either");
    new SongRun(request(master, List.of()), p -> {}).execute();
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void givenAParallelism_whenRunOnTheCluster_thenTheBytesAreTheDirectRunners(int parallelism)
      throws IOException {
    RunOutcome outcome = new SongRun(request(folder, onCluster(parallelism)), p -> {}).execute();

    assertThat(outcome.coverage()).isEqualTo(new Coverage(SONGS + 2, SONGS, 1, 1, 0));
    assertThat(outcome.decoded()).isEqualTo(SONGS + 1);
    assertSameResults();
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(ints = {1, SONGS / 2, SONGS})
  void givenATaskManagerThatIsKilled_whenItsJobRecovers_thenTheResultsAreThoseOfARunLeftAlone(
      int songsBefore) throws IOException, InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<RunOutcome> run =
          executor.submit(() -> new SongRun(request(folder, onCluster(4)), p -> {}).execute());
      while (segments() < songsBefore && !endsWithin(run, 5)) {
        // Each poll takes a moment.
      }
      assertThat(run).as("the run before the kill").isNotDone();
      LocalCluster.Member killed = taskManagers().get(0);
      ProcessHandle.of(killed.id()).orElseThrow().destroyForcibly();
      // The job has every slot: it goes on when there are as many again.
      cluster.startTaskManager(LIBRARY, NATIVES, Duration.ofSeconds(60));
      RunOutcome outcome = run.get();

      assertThat(failures()).isPositive();
      assertThat(outcome.coverage()).isEqualTo(new Coverage(SONGS + 2, SONGS, 1, 1, 0));
      assertSameResults();
    } finally {
      executor.shutdownNow();
    }
  }

  @Tag("full")
  @Test
  void givenTenJobsOneAfterAnother_whenRunOnTheCluster_thenTheirClassesAreUnloaded()
      throws IOException {
    Path table = table();
    Settings settings = new Settings();
    TestRuns.QUICK.forEach(settings::set);
    RunRequest request =
        new RunRequest(
            new SongSource.Table(
                new FeatureTableOptions(table.toString(), "song", "kind", List.of())),
            folder.resolve("out").toString(),
            folder.resolve("data").toString(),
            settings,
            onCluster(2));

    for (int i = 0; i < SUBMISSIONS; i++) {
      assertThat(new SongRun(request, p -> {}).execute().coverage().clustered()).isEqualTo(60);
    }

    List<Long> workers = taskManagers().stream().map(LocalCluster.Member::id).toList();
    assertThat(workers).hasSize(2);
    for (JsonNode worker : get("/taskmanagers").path("taskmanagers")) {
      String id = worker.path("id").asText();
      assertThat(metric(id, "Status.JVM.Memory.Metaspace.Used"))
          .isLessThan(metric(id, "Status.JVM.Memory.Metaspace.Max"));
      assertThat(metric(id, "Status.JVM.ClassLoader.ClassesUnloaded")).isPositive();
    }
  }

  @Tag("full")
  @Test
  void givenAComparison_whenRunOnTheCluster_thenTheBytesAreTheDirectRunners() throws IOException {
    Path table = table();
    ComparisonRun.Outcome direct = compare(table, "direct", List.of());

    ComparisonRun.Outcome outcome = compare(table, "cluster", onCluster(4));

    assertThat(direct.computed()).isEqualTo(outcome.computed()).isEqualTo(3 * 2 * 2);
    for (String name : List.of("comparison.csv", "comparison.md", "comparison.html")) {
      assertThat(folder.resolve("cluster").resolve(name))
          .as(name)
          .hasSameBinaryContentAs(folder.resolve("direct").resolve(name));
    }
  }

  private ComparisonRun.Outcome compare(Path table, String name, List<String> beam)
      throws IOException {
    Settings settings = new Settings();
    TestRuns.QUICK.forEach(settings::set);
    ComparisonRequest request =
        new ComparisonRequest(
            Optional.of(
                new SongSource.Table(
                    new FeatureTableOptions(table.toString(), "song", "kind", List.of()))),
            "language",
            1,
            folder.resolve(name).toString(),
            folder.resolve(name + "-data").toString(),
            settings,
            beam,
            List.of("raw", "pca", "vae"),
            List.of("raw"),
            List.of("kmeans", "ward"),
            List.of(2),
            2);
    return new ComparisonRun(request, p -> {}).execute();
  }

  /** Songs of two kinds, some way apart. */
  private Path table() throws IOException {
    StringBuilder rows = new StringBuilder("song,kind,a,b,c,d\n");
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      rows.append("s").append(i).append(',').append(i % 2 == 0 ? "even" : "odd");
      for (int d = 0; d < 4; d++) {
        rows.append(',').append(random.nextGaussian() + 3 * (i % 2));
      }
      rows.append('\n');
    }
    return Files.writeString(folder.resolve("table.csv"), rows, StandardCharsets.UTF_8);
  }

  @Tag("full")
  @Test
  void givenTheJar_whenFlinksOwnCommandRunsIt_thenTheBytesAreTheDirectRunners()
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name : List.of("java.lang", "java.util", "java.nio", "java.net", "sun.nio.ch")) {
      command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
    }
    try (Stream<Path> jars = Files.walk(LIBRARY)) {
      command.add("-cp");
      command.add(
          jars.map(Path::toString)
              .filter(jar -> jar.endsWith(".jar"))
              .sorted()
              .collect(Collectors.joining(File.pathSeparator)));
    }
    command.add("org.apache.flink.client.cli.CliFrontend");
    command.addAll(List.of("run", "-m", cluster.address()));
    command.addAll(List.of("-c", "org.surmala.cli.Main", JAR.toString()));
    command.addAll(programArguments());
    Path log = folder.resolve("client.log");
    ProcessBuilder client =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    client.environment().put("FLINK_CONF_DIR", master.resolve("flink/conf").toString());
    Process process = client.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(text(log)).isTrue();
      assertThat(process.exitValue()).as(text(log)).isZero();
    } finally {
      process.destroyForcibly();
    }

    assertSameResults();
    // The client has waited for its job, and written what a run writes at its end.
    assertThat(folder.resolve("out/run.json")).exists();
  }

  @Tag("full")
  @Test
  void givenTheJar_whenUploadedAndRunByRest_thenTheBytesAreTheDirectRunners()
      throws IOException, InterruptedException {
    String boundary = "a-part-of-the-form";
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"surmala.jar\"\r\n%s\r\n\r\n"
            .formatted(boundary, "Content-Type: application/x-java-archive");
    String stored =
        send(request("/jars/upload")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(
                    BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofFile(Files.exists(THIN_JAR) ? THIN_JAR : JAR),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"))))
            .path("filename")
            .asText();
    String jar = stored.substring(stored.lastIndexOf('/') + 1);
    String run =
        new ObjectMapper()
            .writeValueAsString(
                Map.of(
                    "entryClass", "org.surmala.cli.Main", "programArgsList", programArguments()));
    String job =
        send(request("/jars/" + jar + "/run").POST(BodyPublishers.ofString(run)))
            .path("jobid")
            .asText();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String state = "";
    while (!state.equals("FINISHED") && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      state = get("/jobs/" + job).path("state").asText();
      assertThat(state).isNotIn("FAILED", "CANCELED");
    }
    assertThat(state).isEqualTo("FINISHED");
    send(request("/jars/" + jar).DELETE());

    assertSameResults();
    assertThat(chainOfSongs(job))
        .as("what a song goes through without an exchange between")
        .containsExactly(
            "Identify",
            "Recall",
            "Decode",
            "Resample",
            "Segment",
            "WriteSegments",
            "Featurize",
            "StoreFeatures");
  }

  /** Steps of ExtractFeatures in the one task that decodes, as the cluster names them. */
  private static List<String> chainOfSongs(String job) throws IOException {
    List<String> tasks = new ArrayList<>();
    get("/jobs/" + job).path("vertices").forEach(task -> tasks.add(task.path("name").asText()));
    tasks.removeIf(task -> !task.contains("/ExtractFeatures/Decode/"));
    assertThat(tasks).hasSize(1);
    return Pattern.compile("/ExtractFeatures/(\\w+)/Each/ParMultiDo\\(Through\\)\\)")
        .matcher(tasks.get(0))
        .results()
        .map(step -> step.group(1))
        .toList();
  }

  /** What {@link #request(Path, List)} says, as a person types it. */
  private List<String> programArguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--songs=" + master.resolve("songs"),
                "--results=" + folder.resolve("out"),
                "--data=" + folder.resolve("data")));
    TestRuns.QUICK.forEach((key, value) -> arguments.add("--set=" + key + "=" + value));
    arguments.addAll(List.of("--", "--runner=FlinkRunner", "--parallelism=2"));
    return arguments;
  }

  private static String text(Path log) {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRequest.Builder request(String path) throws IOException {
    return HttpRequest.newBuilder(URI.create("http://" + cluster.address() + path));
  }

  private static JsonNode send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private static RunRequest request(Path folder, List<String> beam) {
    return TestRuns.request(master.resolve("songs"), folder, "out", "data", beam);
  }

  private static List<String> onCluster(int parallelism) throws IOException {
    return List.of(
        "--runner=FlinkRunner",
        "--flinkMaster=" + cluster.address(),
        "--parallelism=" + parallelism,
        "--filesToStage=" + JAR);
  }

  /** Paths to the songs are relative to the results, so that two folders give the same bytes. */
  private void assertSameResults() {
    for (String name :
        List.of(
            "clustering_metrics.csv",
            "embeddings.avro",
            "model.avro",
            "coverage.csv",
            "embeddings.npy",
            "records/clusterings.avro",
            "records/map.avro",
            "records/metrics.avro")) {
      assertThat(folder.resolve("out").resolve(name))
          .as(name)
          .hasSameBinaryContentAs(master.resolve("out").resolve(name));
    }
    for (Map.Entry<String, List<String>> table :
        Map.of(
                "out/assignments.csv", List.of("filepath"),
                "out/failures.csv", List.of("filepath"),
                "data/metadata.csv", List.of("filepath"))
            .entrySet()) {
      assertThat(without(folder.resolve(table.getKey()), table.getValue()))
          .as(table.getKey())
          .isEqualTo(without(master.resolve(table.getKey()), table.getValue()));
    }
  }

  private static List<Map<String, String>> without(Path csv, List<String> columns) {
    try {
      return CsvFile.read(csv.toString()).stream()
          .map(
              row -> {
                Map<String, String> cells = row.toMap();
                cells.keySet().removeAll(columns);
                return cells;
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int segments() throws IOException {
    Path processed = folder.resolve("data/processed");
    if (!Files.isDirectory(processed)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(processed)) {
      return (int) files.filter(file -> file.toString().endsWith(".wav")).count();
    }
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

  private static List<LocalCluster.Member> taskManagers() throws IOException {
    return cluster.members().stream()
        .filter(member -> member.role().startsWith("taskmanager"))
        .filter(LocalCluster.Member::alive)
        .toList();
  }

  /** How often a task of the job that was submitted last failed. */
  private static int failures() throws IOException {
    FlinkRest.Job last =
        new FlinkRest(cluster.address())
            .jobs().stream().max(Comparator.comparingLong(FlinkRest.Job::start)).orElseThrow();
    return get("/jobs/" + last.id() + "/exceptions")
        .path("exceptionHistory")
        .path("entries")
        .size();
  }

  /** A TaskManager's metric; the JobManager begins to fetch metrics when it is first asked. */
  private static long metric(String taskManager, String name) throws IOException {
    String path = "/taskmanagers/" + taskManager + "/metrics?get=" + name;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end) {
      long value = get(path).path(0).path("value").asLong();
      if (value > 0) {
        return value;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    return 0;
  }

  private static JsonNode get(String path) throws IOException {
    return new ObjectMapper().readTree(URI.create("http://" + cluster.address() + path).toURL());
  }
}
