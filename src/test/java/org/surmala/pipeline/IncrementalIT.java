package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.UsageException;
import org.surmala.demo.Encoding;
import org.surmala.io.CsvFile;
import org.surmala.io.CsvRow;

/** Whole runs over a small collection in six formats, one after another. */
final class IncrementalIT {
  private static final int SONGS = 24;
  private static final double SECONDS = 8;

  @TempDir private static Path master;
  @TempDir private Path folder;

  @BeforeAll
  static void composeSongs() throws IOException {
    TestSongs.write(master, 0, SONGS, SECONDS);
  }

  @BeforeEach
  void copySongs() throws IOException {
    TestRuns.copy(master, folder.resolve("songs"));
  }

  @Test
  void givenSongsInSixFormats_whenRun_thenEveryPromisedFileIsThereAndFitsTheOthers()
      throws IOException {
    Files.writeString(folder.resolve("songs/bright/notes.txt"), "not a song");

    RunOutcome outcome = run("out");

    assertThat(outcome.coverage()).isEqualTo(new Coverage(SONGS + 1, SONGS, 0, 1, 0));
    assertThat(outcome.decoded()).isEqualTo(SONGS);
    Path results = folder.resolve("out");
    for (String name :
        List.of(
            "clustering_metrics.csv",
            "assignments.csv",
            "embeddings.avro",
            "model.avro",
            "failures.csv",
            "coverage.csv",
            "run.json",
            "latent_visualization")) {
      assertThat(results.resolve(name)).exists();
    }
    List<CsvRow> metadata = rows(folder.resolve("data/metadata.csv"));
    assertThat(metadata).hasSize(SONGS);
    for (CsvRow row : metadata) {
      Path wav = folder.resolve("data/processed/" + row.get("id") + ".wav");
      // 44 bytes of header, then 16-bit samples of a window of 6 s.
      assertThat(Files.size(wav)).isEqualTo(44 + 2 * 6 * TestSongs.SAMPLE_RATE);
      assertThat(row.get("title")).matches("Song \\d+");
      assertThat(row.get("artist"))
          .isEqualTo(row.get("language").equals("bright") ? "Pluck" : "গান");
      assertThat(Double.parseDouble(row.get("duration_s"))).isBetween(SECONDS - 0.1, SECONDS + 0.1);
    }
    assertThat(rows(results.resolve("assignments.csv")))
        .extracting(row -> row.get("id"))
        .containsExactlyInAnyOrderElementsOf(metadata.stream().map(r -> r.get("id")).toList());
    assertThat(rows(results.resolve("clustering_metrics.csv")))
        .extracting(row -> row.get("representation") + "/" + row.get("clusterer"))
        .contains("raw/kmeans", "raw/ward", "pca/kmeans", "pca/ward", "vae/kmeans", "vae/ward");
  }

  @Test
  void givenTheSameSeed_whenRunAtAnotherParallelism_thenTheBytesAreTheSame() throws IOException {
    run("one", "one", List.of("--targetParallelism=1"));
    run("four", "four", List.of("--targetParallelism=4"));

    for (String name : List.of("assignments.csv", "clustering_metrics.csv", "embeddings.avro")) {
      assertThat(folder.resolve("four").resolve(name))
          .as(name)
          .hasSameBinaryContentAs(folder.resolve("one").resolve(name));
    }
  }

  @Test
  void givenARunBefore_whenRunAgain_thenOnlyWhatChangedIsDecoded() throws IOException {
    run("out");
    byte[] first = Files.readAllBytes(folder.resolve("out/assignments.csv"));

    assertThat(run("out").decoded()).as("nothing changed").isZero();
    assertThat(folder.resolve("out/assignments.csv")).hasBinaryContent(first);

    TestSongs.write(folder.resolve("songs"), SONGS, 3, SECONDS);
    RunOutcome added = run("out");
    assertThat(added.decoded()).as("three added").isEqualTo(3);
    assertThat(added.coverage().clustered()).isEqualTo(SONGS + 3);

    Path wav = folder.resolve("songs/bright/song 000.wav");
    TestSongs.write(wav, Encoding.wav(), 999, true, SECONDS);
    assertThat(run("out").decoded()).as("one changed").isEqualTo(1);

    Files.move(wav, folder.resolve("songs/dark/renamed.wav"));
    RunOutcome renamed = run("out");
    assertThat(renamed.decoded()).as("one renamed").isZero();
    assertThat(rows(folder.resolve("out/assignments.csv")))
        .extracting(row -> row.get("filepath"))
        .contains("../songs/dark/renamed.wav")
        .doesNotContain("../songs/bright/song 000.wav");

    Files.delete(folder.resolve("songs/dark/renamed.wav"));
    RunOutcome removed = run("out");
    assertThat(removed.decoded()).as("one removed").isZero();
    assertThat(removed.coverage().clustered()).isEqualTo(SONGS + 2);

    Files.copy(
        folder.resolve("songs/dark/song 001.wav"), folder.resolve("songs/bright/a copy.wav"));
    RunOutcome doubled = run("out");
    assertThat(doubled.decoded()).as("one doubled").isZero();
    assertThat(doubled.coverage().duplicate()).isEqualTo(1);
  }

  @Test
  void givenADataFolderInUse_whenRun_thenItIsRefused() throws IOException {
    try (DataFolder held = DataFolder.open(folder.resolve("data").toString())) {
      assertThatThrownBy(() -> run("out"))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("--data " + held.path().replaceAll("/$", "") + " is in use");
    }
  }

  @Test
  void givenTooFewSongs_whenRun_thenTheErrorSaysHowManyThereMustBe() throws IOException {
    Path few = folder.resolve("few");
    TestSongs.write(few, 0, 1, SECONDS);

    assertThatThrownBy(
            () ->
                new SongRun(TestRuns.request(few, folder, "out", "data", List.of()), p -> {})
                    .execute())
        .hasMessageContaining("1 song could be read, too few to cluster; give at least");
  }

  private RunOutcome run(String results) throws IOException {
    return run(results, "data", List.of());
  }

  private RunOutcome run(String results, String data, List<String> beam) throws IOException {
    return new SongRun(
            TestRuns.request(folder.resolve("songs"), folder, results, data, beam), progress -> {})
        .execute();
  }

  private static List<CsvRow> rows(Path csv) throws IOException {
    return CsvFile.read(csv.toString());
  }
}
