package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose songs, data folder and results are in an object store. */
@Tag("full")
final class S3RunIT {
  private static final int SONGS = 12;
  private static final double SECONDS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String STORE = "s3://" + S3Server.BUCKET + "/";
  private static final List<String> ON_FLINK =
      List.of("--", "--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2");

  @TempDir private static Path home;
  private static S3Server server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = new S3Server(home.resolve("s3"));
    Path songs = home.resolve("songs");
    TestSongs.write(songs, 0, SONGS, SECONDS);
    // A path is not a pattern, in which brackets would match one character.
    Files.move(songs.resolve("dark/song 001.wav"), songs.resolve("dark/গান + [live] {1} 50%.wav"));
    try (Stream<Path> files = Files.walk(songs)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        server.put(home.relativize(file).toString(), file);
      }
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Process surmala(String log, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    for (String name : List.of("lang", "util", "nio", "net")) {
      command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.surmala.cli.Main");
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve(log).toFile());
    builder.environment().putAll(server.environment());
    return builder.start();
  }

  private static List<String> run(String songs, String place, List<String> beam) {
    List<String> arguments = new ArrayList<>(List.of("run", "--songs", songs));
    arguments.addAll(List.of("--data", place + "data", "--results", place + "out"));
    TestRuns.QUICK.forEach((key, value) -> arguments.add("--set=" + key + "=" + value));
    arguments.addAll(beam);
    return arguments;
  }

  private static String end(int code, String log, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = surmala(log, arguments);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(home.resolve(log), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isEqualTo(code);
    return said;
  }

  /** The rows by the name of the song's file, without its path. */
  private static Map<String, List<String>> assignments(byte[] csv) throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    String text = new String(csv, StandardCharsets.UTF_8);
    try (CSVParser parser =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(text))) {
      for (CSVRecord row : parser) {
        String path = row.get("filepath");
        List<String> cells = new ArrayList<>(row.toList());
        cells.remove(path);
        rows.put(path.substring(path.lastIndexOf('/') + 1), cells);
      }
    }
    return rows;
  }

  @Test
  void givenEverythingInAnObjectStore_whenKilledAndResumedOnFlink_thenTheBytesAreThoseOfALocalRun()
      throws IOException, InterruptedException {
    end(0, "local.log", run(home.resolve("songs").toString(), home + "/", List.of()));
    List<String> remote = run(STORE + "songs/", STORE, List.of());
    Process killed = surmala("killed.log", remote);
    while (killed.isAlive() && server.keys("data/processed/").size() < SONGS / 3) {
      killed.waitFor(5, TimeUnit.MILLISECONDS);
    }
    killed.destroyForcibly().waitFor();
    assertThat(server.keys("data/processed/")).hasSizeGreaterThanOrEqualTo(SONGS / 3);
    assertThat(server.keys("out/run.json")).isEmpty();

    String said = end(0, "resumed.log", run(STORE + "songs/", STORE, ON_FLINK));

    assertThat(said).contains(SONGS + " found = " + SONGS + " clustered");
    Path out = home.resolve("out");
    for (String name : List.of("clustering_metrics.csv", "embeddings.avro", "model.avro")) {
      assertThat(server.get("out/" + name))
          .as(name)
          .isEqualTo(Files.readAllBytes(out.resolve(name)));
    }
    assertThat(assignments(server.get("out/assignments.csv")))
        .hasSize(SONGS)
        .isEqualTo(assignments(Files.readAllBytes(out.resolve("assignments.csv"))));
    assertThat(server.keys("")).noneMatch(key -> key.contains(".unfinished"));
    answersQuestions();
  }

  private static void answersQuestions() throws IOException, InterruptedException {
    List<String> folders = List.of("--results", STORE + "out", "--data", STORE + "data");
    List<String> similar = new ArrayList<>(List.of("similar", "Song 7", "-n", "3"));
    similar.addAll(folders);
    assertThat(end(0, "similar.log", similar)).contains("Song 7\n");
    List<String> watch = new ArrayList<>(List.of("watch", "--songs", STORE + "songs/"));
    watch.addAll(folders);
    assertThat(end(2, "watch.log", watch))
        .contains("--results s3://music/out: watch publishes results with links");
    List<String> serve = new ArrayList<>(List.of("serve"));
    serve.addAll(folders);
    assertThat(end(2, "serve.log", serve))
        .contains("--results s3://music/out: serve reads local folders only");
  }
}
