package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch that is killed again and again, beside one that is left alone. */
final class WatchIT {
  private static final int SONGS = 24;
  private static final double SECONDS = 8;
  private static final int KILLS = 20;
  private static final int LONGEST_LIFE_MILLIS = 6_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("window.seconds", "6"),
              Map.entry("window.min_seconds", "3"),
              Map.entry("models.list", "raw,neighbour_vae"),
              Map.entry("neighbour_vae.epochs", "4"),
              Map.entry("neighbour_vae.hidden", "16"),
              Map.entry("neighbour_vae.latent", "4"),
              Map.entry("cluster.algorithms", "kmeans"),
              Map.entry("cluster.k", "2..3"),
              Map.entry("cluster.restarts", "2"),
              Map.entry("cluster.stability_refits", "1"),
              Map.entry("evaluate.bootstrap", "10"),
              Map.entry("evaluate.permutations", "9"),
              Map.entry("watch.look_seconds", "0.2"),
              Map.entry("watch.first_songs", "8"),
              Map.entry("watch.refit_songs", "7")));

  @TempDir private static Path composed;
  @TempDir private Path folder;

  /** The collection and the process that watches it. */
  private static final class Watched {
    final Path home;
    final Path songs;
    private Process process;
    private int processes;

    Watched(Path home) throws IOException {
      this.home = home;
      songs = Files.createDirectories(home.resolve("songs"));
      process = start();
    }

    private Process start() throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
      for (String name : List.of("lang", "util", "nio", "net")) {
        command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
      }
      command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
      String jar = System.getProperty("surmala.jar");
      command.addAll(
          jar != null
              ? List.of("-jar", jar)
              : List.of("-cp", System.getProperty("java.class.path"), "org.surmala.cli.Main"));
      command.addAll(
          List.of(
              "watch",
              "--songs",
              songs.toString(),
              "--data",
              home.resolve("data").toString(),
              "--results",
              home.resolve("out").toString()));
      SETTINGS.forEach((key, value) -> command.add("--set=" + key + "=" + value));
      Path log = home.resolve("watch-%03d.log".formatted(++processes));
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    }

    /** Ends the process at once after some time, and starts another. */
    void killAfter(long millis) throws IOException, InterruptedException {
      assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).as(log()).isFalse();
      process.destroyForcibly().waitFor();
      process = start();
    }

    /** Waits until the files are what they should be. */
    void await(String coverage) throws IOException, InterruptedException {
      Instant deadline = Instant.now().plus(PATIENCE);
      Path file = home.resolve("out").resolve("coverage.csv");
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

    void end() throws IOException, InterruptedException {
      // Not forcibly: SIGTERM.
      process.destroy();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(log()).isTrue();
      assertThat(process.exitValue()).as(log()).isZero();
    }

    private String log() throws IOException {
      return Files.readString(
          home.resolve("watch-%03d.log".formatted(processes)), StandardCharsets.UTF_8);
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  @BeforeAll
  static void composeSongs() throws IOException {
    TestSongs.write(composed, 0, SONGS, SECONDS);
  }

  /** Copies a song in; later ones have later times, so that they arrive in this order. */
  private static void arrive(Watched watched, int number) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(composed)) {
      all =
          files
              .filter(Files::isRegularFile)
              .filter(f -> f.getFileName().toString().contains("%03d".formatted(number)))
              .toList();
    }
    Path song = all.get(0);
    Path copy = watched.songs.resolve(composed.relativize(song));
    Files.createDirectories(copy.getParent());
    Files.copy(song, copy, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(copy, FileTime.from(FIRST.plusSeconds(60L * number)));
  }

  private static Path song(Watched watched, int number) throws IOException {
    try (Stream<Path> files = Files.walk(watched.songs)) {
      return files
          .filter(f -> f.getFileName().toString().contains("%03d".formatted(number)))
          .findFirst()
          .orElseThrow();
    }
  }

  private interface Life {
    void goOn() throws IOException, InterruptedException;
  }

  /**
   * What happens to the collection.
   *
   * @param life is called between any two of its steps
   */
  private static void happen(Watched watched, Life life) throws IOException, InterruptedException {
    for (int i = 0; i < 12; i++) {
      arrive(watched, i);
      life.goOn();
    }
    watched.await("found,12 clustered,12 failed,0 skipped,0 duplicate,0 waiting,0");
    Files.move(song(watched, 3), watched.songs.resolve("renamed 003.bin"));
    Files.move(watched.songs.resolve("renamed 003.bin"), watched.songs.resolve("renamed 003.ogg"));
    life.goOn();
    watched.await("found,12 clustered,12 failed,0 skipped,0 duplicate,0 waiting,0");
    Files.delete(song(watched, 5));
    life.goOn();
    watched.await("found,11 clustered,11 failed,0 skipped,0 duplicate,0 waiting,0");
    Files.copy(song(watched, 6), watched.songs.resolve("zz copy.ogg"));
    Files.writeString(watched.songs.resolve("no song.txt"), "words");
    Files.writeString(watched.songs.resolve("broken.mp3"), "words that are no sound");
    life.goOn();
    watched.await("found,14 clustered,11 failed,1 skipped,1 duplicate,1 waiting,0");
    for (int i = 12; i < SONGS; i++) {
      arrive(watched, i);
      life.goOn();
    }
    watched.await("found,26 clustered,23 failed,1 skipped,1 duplicate,1 waiting,0");
  }

  @Test
  void givenKillsAtAnyMoment_whenStartedAgain_thenTheEndIsThatOfAWatchThatWasLeftAlone()
      throws IOException, InterruptedException {
    Watched alone = new Watched(folder.resolve("alone"));
    Watched killed = new Watched(folder.resolve("killed"));
    try {
      happen(alone, () -> {});
      alone.end();

      SplittableRandom random = new SplittableRandom(7);
      int[] kills = new int[1];
      happen(
          killed,
          () -> {
            if (kills[0] < KILLS) {
              kills[0]++;
              killed.killAfter(random.nextLong(LONGEST_LIFE_MILLIS));
            }
          });
      assertThat(kills[0]).isEqualTo(KILLS);
      killed.end();
    } finally {
      alone.kill();
      killed.kill();
    }

    assertThat(editions(killed)).isEqualTo(editions(alone)).hasSize(2).doesNotContain("000001");
    for (String name :
        List.of(
            "assignments.csv",
            "coverage.csv",
            "failures.csv",
            "changes.csv",
            "clustering_metrics.csv",
            "embeddings.avro",
            "model.avro")) {
      assertThat(killed.home.resolve("out").resolve(name))
          .as(name)
          .hasSameBinaryContentAs(alone.home.resolve("out").resolve(name));
    }
  }

  private static List<String> editions(Watched watched) throws IOException {
    try (Stream<Path> files = Files.walk(watched.home.resolve("data").resolve("editions"))) {
      return files
          .filter(file -> file.endsWith("edition.avro"))
          .map(file -> Objects.requireNonNull(file.getParent()).getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
