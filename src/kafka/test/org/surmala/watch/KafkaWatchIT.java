package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.pipeline.TestSongs;
import org.surmala.schema.AssignmentMessage;

/** A watch of a topic of a real broker. */
final class KafkaWatchIT {
  private static final int SONGS = 12;
  private static final double SECONDS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("window.seconds", "3"),
              Map.entry("window.min_seconds", "2"),
              Map.entry("models.list", "raw"),
              Map.entry("primary.representation", "raw"),
              Map.entry("cluster.algorithms", "kmeans"),
              Map.entry("cluster.k", "2"),
              Map.entry("cluster.restarts", "1"),
              Map.entry("cluster.stability_refits", "0"),
              Map.entry("evaluate.bootstrap", "0"),
              Map.entry("evaluate.permutations", "0"),
              Map.entry("watch.poll_seconds", "0.2"),
              Map.entry("watch.first_songs", "4"),
              Map.entry("watch.refit_songs", "0")));

  @TempDir private static Path home;
  private static KafkaBroker broker;
  private static List<Path> songs;

  @TempDir private Path folder;
  private int processes;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    broker = new KafkaBroker(home.resolve("kafka"));
    TestSongs.write(home.resolve("songs"), 0, SONGS, SECONDS);
    try (Stream<Path> files = Files.walk(home.resolve("songs"))) {
      songs = files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private Process surmala(String verb, String songs, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    for (String name : List.of("lang", "util", "nio", "net")) {
      command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "org.surmala.cli.Main",
            verb,
            "--songs",
            songs,
            "--data",
            folder.resolve("data").toString(),
            "--results",
            folder.resolve("out").toString()));
    SETTINGS.forEach((key, value) -> command.add("--set=" + key + "=" + value));
    command.addAll(List.of(options));
    processes++;
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log-" + processes).toFile())
        .start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log-" + processes), StandardCharsets.UTF_8);
  }

  private void await(Process process, String coverage) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    Path file = folder.resolve("out").resolve("coverage.csv");
    String found = "";
    while (Instant.now().isBefore(deadline)) {
      found = Files.exists(file) ? Files.readString(file).replace("\r\n", " ") : "";
      if (found.contains(coverage)) {
        return;
      }
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).as(log()).isFalse();
    }
    assertThat(found).as(log()).contains(coverage);
  }

  private int end(Process process) throws InterruptedException {
    // Not forcibly: SIGTERM.
    process.destroy();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private List<CSVRecord> rows(String file) throws IOException {
    try (CSVParser parser =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(Files.newBufferedReader(folder.resolve("out").resolve(file)))) {
      return parser.getRecords();
    }
  }

  private List<String> assigned() throws IOException {
    List<String> paths = new ArrayList<>();
    for (CSVRecord row : rows("assignments.csv")) {
      paths.add(
          folder
              .resolve("data")
              .resolve(row.get("filepath"))
              .normalize()
              .toAbsolutePath()
              .toString());
    }
    return paths;
  }

  @Test
  void givenSongsThatATopicAnnounces_whenKilledAndRestarted_thenEachIsAssignedOnce()
      throws IOException, InterruptedException, ExecutionException {
    broker.make("songs", 2);
    String topic = "kafka://" + broker.address() + "/songs";
    Process process = surmala("watch", topic);
    try {
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < 8; i++) {
        broker.send("songs", i % 2, songs.get(i).toString());
        if (i % 3 == 1) {
          process.waitFor(random.nextLong(5_000), TimeUnit.MILLISECONDS);
          assertThat(process.isAlive()).as(log()).isTrue();
          process.destroyForcibly().waitFor();
          process = surmala("watch", topic);
        }
      }
      broker.send("songs", 0, songs.get(0).toString());
      broker.send("songs", 1, null);
      broker.send("songs", 1, " ");
      broker.send("songs", 0, home.resolve("no such song.mp3").toString());
      broker.send("songs", 1, "nowhere://bucket/song.mp3");
      await(process, "found,10 clustered,8 failed,2 skipped,0 duplicate,0 waiting,0");
      assertThat(end(process)).as(log()).isZero();

      // What Kafka has forgotten stays known; what came meanwhile is taken.
      broker.forget("songs", 0, 5);
      broker.send("songs", 0, songs.get(8).toString());
      process = surmala("watch", topic);
      await(process, "found,11 clustered,9 failed,2 skipped,0 duplicate,0 waiting,0");
      assertThat(end(process)).as(log()).isZero();

      // A topic that was created again counts from 0.
      broker.remove("songs");
      broker.make("songs", 1);
      broker.send("songs", 0, songs.get(9).toString());
      process = surmala("watch", topic);
      await(process, "found,12 clustered,10 failed,2 skipped,0 duplicate,0 waiting,0");
      assertThat(end(process)).as(log()).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertThat(assigned())
        .containsExactlyInAnyOrderElementsOf(
            songs.subList(0, 10).stream().map(Path::toString).toList());
    List<String> codes = new ArrayList<>();
    for (CSVRecord row : rows("failures.csv")) {
      codes.add(row.get("code"));
    }
    assertThat(codes).containsExactlyInAnyOrder("vanished", "unreadable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--runner=DirectRunner", "--runner=FlinkRunner --flinkMaster=[local]"})
  void givenATopicOfResults_whenKilledAndRestarted_thenItHasEachAssignmentUnderItsOneKey(
      String beam) throws IOException, InterruptedException, ExecutionException {
    String runner = beam.replaceAll("--runner=| .*", "");
    broker.make("announced-" + runner, 1);
    broker.make("assigned-" + runner, 1);
    String topic = "kafka://" + broker.address() + "/announced-" + runner;
    String sink = "--set=watch.results_topic=kafka://" + broker.address() + "/assigned-" + runner;
    List<String> options = new ArrayList<>(List.of(sink, "--"));
    options.addAll(List.of(beam.split(" ")));
    Process process = surmala("watch", topic, options.toArray(String[]::new));
    try {
      for (Path song : songs.subList(0, 6)) {
        broker.send("announced-" + runner, 0, song.toString());
      }
      await(process, "found,6 clustered,6 failed,0 skipped,0 duplicate,0 waiting,0");
      process.destroyForcibly().waitFor();
      process = surmala("watch", topic, options.toArray(String[]::new));
      broker.send("announced-" + runner, 0, songs.get(6).toString());
      await(process, "found,7 clustered,7 failed,0 skipped,0 duplicate,0 waiting,0");
      Instant deadline = Instant.now().plus(PATIENCE);
      while (assignments(runner).size() < 7 && Instant.now().isBefore(deadline)) {
        assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).as(log()).isFalse();
      }
      assertThat(end(process)).as(log()).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }

    Map<String, AssignmentMessage> sent = assignments(runner);
    List<CSVRecord> rows = rows("assignments.csv");
    assertThat(rows).hasSize(7);
    assertThat(sent.keySet())
        .containsExactlyInAnyOrderElementsOf(
            rows.stream().map(row -> row.get("id") + "/1").toList());
    for (CSVRecord row : rows) {
      AssignmentMessage message = Objects.requireNonNull(sent.get(row.get("id") + "/1"));
      assertThat(message.getSong()).isEqualTo(row.get("id"));
      assertThat(message.getVersion()).isEqualTo(1);
      assertThat(message.getModel()).isEqualTo(row.get("model"));
      assertThat(message.getCluster()).isEqualTo(Integer.parseInt(row.get("cluster")));
      assertThat(message.getDistance())
          .isCloseTo(Double.parseDouble(row.get("distance")), within(1e-4));
      assertThat(message.getNovelty())
          .isCloseTo(Double.parseDouble(row.get("novelty")), within(1e-4));
    }
  }

  /** By key; messages of one key are the same. */
  private static Map<String, AssignmentMessage> assignments(String runner) throws IOException {
    Map<String, AssignmentMessage> byKey = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : broker.messages("assigned-" + runner)) {
      AssignmentMessage message = AssignmentMessage.fromByteBuffer(ByteBuffer.wrap(record.value()));
      AssignmentMessage former =
          byKey.put(new String(record.key(), StandardCharsets.UTF_8), message);
      assertThat(former).isIn(null, message);
    }
    return byKey;
  }

  private String refusal(String verb, String songs, String... options)
      throws IOException, InterruptedException {
    Process process = surmala(verb, songs, options);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(log()).isEqualTo(2);
    return log();
  }

  @Test
  void givenATopicThatCannotBeRead_whenWatched_thenItSaysWhatToDo()
      throws IOException, InterruptedException {
    Path hasty = folder.resolve("hasty.properties");
    Files.write(hasty, List.of("default.api.timeout.ms=2000", "request.timeout.ms=1000"));
    String kafka = "kafka://" + broker.address();

    assertThat(refusal("watch", kafka + "/no-such"))
        .contains("there is no topic 'no-such'; make it, or correct its name");
    assertThat(refusal("watch", "kafka://127.0.0.1:1/songs?properties=" + hasty))
        .contains("no broker answers at 127.0.0.1:1; start it, or correct its address");
    assertThat(refusal("watch", kafka))
        .contains("a topic is given as kafka://HOST:PORT[,HOST:PORT...]/TOPIC[?properties=FILE]");
    assertThat(refusal("watch", kafka + "/songs?properties=/no/such"))
        .contains("/no/such is not there; properties= names a file of Kafka's own");
    assertThat(
            refusal(
                "watch",
                home.resolve("songs").toString(),
                "--set=watch.results_topic=" + kafka + "/no-such"))
        .contains("--set watch.results_topic=" + kafka + "/no-such: there is no topic 'no-such'");
    assertThat(refusal("run", kafka + "/songs")).contains("a topic has no end; use surmala watch");
  }
}
