package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.pipeline.TestSongs;

/** A watch that is killed again and again, beside one that is left alone. */
@Tag("full")
final class WatchIT {
  private static final int SONGS = 24;
  private static final double SECONDS = 8;
  private static final int KILLS = 20;
  private static final int LONGEST_LIFE_MILLIS = 6_000;
  private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir private static Path composed;
  @TempDir private Path folder;

  /** The collection and the process that watches it. */
  private static final class Watched {
    final Path home;
    final Path songs;
    private WatchProcess process;
    private int processes;

    Watched(Path home) throws IOException {
      this.home = Files.createDirectories(home);
      songs = home.resolve("songs");
      process = start();
    }

    private WatchProcess start() throws IOException {
      // The first model waits for all songs of its poll: which came together depends on the kills.
      return new WatchProcess(
          home,
          "watch-%03d".formatted(++processes),
          Map.of("watch.first_songs", "12", "watch.refit_songs", "5"),
          List.of());
    }

    /** Ends the process at once after some time, and starts another. */
    void killAfter(long millis) throws IOException, InterruptedException {
      process.assertGoesOn(millis);
      process.kill();
      process = start();
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
    watched.process.await("found,12 clustered,12 failed,0 skipped,0 duplicate,0 waiting,0");
    Files.move(song(watched, 3), watched.songs.resolve("renamed 003.bin"));
    Files.move(watched.songs.resolve("renamed 003.bin"), watched.songs.resolve("renamed 003.ogg"));
    life.goOn();
    watched.process.await("found,12 clustered,12 failed,0 skipped,0 duplicate,0 waiting,0");
    Files.delete(song(watched, 5));
    life.goOn();
    watched.process.await("found,11 clustered,11 failed,0 skipped,0 duplicate,0 waiting,0");
    Files.copy(song(watched, 6), watched.songs.resolve("zz copy.ogg"));
    Files.writeString(watched.songs.resolve("no song.txt"), "words");
    Files.writeString(watched.songs.resolve("broken.mp3"), "words that are no sound");
    life.goOn();
    watched.process.await("found,14 clustered,11 failed,1 skipped,1 duplicate,1 waiting,0");
    for (int i = 12; i < SONGS; i++) {
      arrive(watched, i);
      life.goOn();
    }
    watched.process.await("found,26 clustered,23 failed,1 skipped,1 duplicate,1 waiting,0");
  }

  @Test
  void givenKillsAtAnyMoment_whenStartedAgain_thenTheEndIsThatOfAWatchThatWasLeftAlone()
      throws IOException, InterruptedException {
    Watched alone = new Watched(folder.resolve("alone"));
    Watched killed = new Watched(folder.resolve("killed"));
    try {
      happen(alone, () -> {});
      alone.process.end();

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
      killed.process.end();
    } finally {
      alone.process.kill();
      killed.process.kill();
    }

    assertThat(versions(killed)).isEqualTo(versions(alone)).hasSize(2).doesNotContain("000001");
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

  private static List<String> versions(Watched watched) throws IOException {
    try (Stream<Path> files = Files.walk(watched.home.resolve("data").resolve("versions"))) {
      return files
          .filter(file -> file.endsWith("version.avro"))
          .map(file -> Objects.requireNonNull(file.getParent()).getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
