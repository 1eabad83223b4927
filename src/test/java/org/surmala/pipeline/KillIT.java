package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.config.RunRequest;

/** A process that is killed in the midst, and the run that takes up what it left. */
final class KillIT {
  private static final int SONGS = 40;
  private static final double SECONDS = 8;

  /** What a worker has extracted and not yet stored. */
  private static final int MOST_LOST = 17 * Runtime.getRuntime().availableProcessors();

  @TempDir private static Path master;
  @TempDir private Path folder;

  @BeforeAll
  static void composeSongs() throws IOException {
    TestSongs.write(master.resolve("songs"), 0, SONGS, SECONDS);
    new SongRun(
            TestRuns.request(master.resolve("songs"), master, "out", "data", List.of()), p -> {})
        .execute();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, SONGS})
  void givenAKillAfterSomeSongs_whenRunAgain_thenTheResultsAreThoseOfARunThatWasLeftAlone(
      int songsBefore) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    Process process = start();
    try {
      while (process.isAlive() && count(data.resolve("processed"), ".wav") < songsBefore) {
        process.waitFor(5, TimeUnit.MILLISECONDS);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    int decoded = count(data.resolve("processed"), ".wav");

    RunOutcome outcome =
        new SongRun(
                TestRuns.request(master.resolve("songs"), folder, "out", "data", List.of()),
                p -> {})
            .execute();

    assertThat(outcome.coverage()).isEqualTo(new Coverage(SONGS, SONGS, 0, 0, 0));
    assertThat(outcome.recalled() + outcome.decoded()).isEqualTo(SONGS);
    assertThat(outcome.decoded())
        .isBetween((long) SONGS - decoded, (long) SONGS - decoded + MOST_LOST);
    for (String name : List.of("clustering_metrics.csv", "embeddings.avro", "model.avro")) {
      assertThat(folder.resolve("out").resolve(name))
          .as(name)
          .hasSameBinaryContentAs(master.resolve("out").resolve(name));
    }
    assertThat(count(data.resolve("processed"), ".unfinished")).isZero();
    assertThat(count(data, ".unfinished")).isZero();
  }

  private Process start() throws IOException {
    RunRequest request =
        TestRuns.request(master.resolve("songs"), folder, "out", "data", List.of());
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            System.getProperty("surmala.jar"),
            "run",
            "--songs",
            master.resolve("songs").toString(),
            "--results",
            request.results(),
            "--data",
            request.data());
    TestRuns.QUICK.forEach((key, value) -> builder.command().add("--set=" + key + "=" + value));
    Path log = folder.resolve("killed.log");
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static int count(Path directory, String suffix) throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return (int) files.filter(file -> file.toString().endsWith(suffix)).count();
    }
  }
}
