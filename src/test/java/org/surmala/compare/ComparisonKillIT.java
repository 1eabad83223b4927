package org.surmala.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.read.FeatureTableOptions;

/** A comparison in a process of its own that is killed in the midst, and the one that goes on. */
final class ComparisonKillIT {
  private static final int SONGS = 200;
  private static final int FEATURES = 20;
  private static final int SEEDS = 3;
  private static final List<String> REPRESENTATIONS = List.of("raw", "pca", "ae", "vae");
  private static final List<String> CLUSTERERS = List.of("kmeans", "ward", "gmm_diagonal");
  private static final int CELLS = 4 * 3 * SEEDS;

  @TempDir private Path folder;

  @Test
  void givenAKill_whenComparedAgain_thenTheRestAloneIsComputedAndTheFilesAreTheSame()
      throws IOException, InterruptedException {
    Path table = table();
    Process process = start(table);
    try {
      while (process.isAlive() && journalled("killed") < CELLS / 3) {
        process.waitFor(5, TimeUnit.MILLISECONDS);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    int kept = journalled("killed");
    assertThat(kept).isBetween(CELLS / 3, CELLS - 1);

    ComparisonRun.Outcome after = run(table, "killed");
    ComparisonRun.Outcome whole = run(table, "whole");

    assertThat(after.recalled()).isEqualTo(kept);
    assertThat(after.computed()).isEqualTo(CELLS - kept);
    assertThat(whole.computed()).isEqualTo(CELLS);
    for (String name : List.of("comparison.csv", "comparison.md", "comparison.html")) {
      assertThat(folder.resolve("killed/results").resolve(name))
          .as(name)
          .hasSameBinaryContentAs(folder.resolve("whole/results").resolve(name));
    }
  }

  private Process start(Path table) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.surmala.cli.Main"));
    command.addAll(List.of("compare", "--features", table.toString()));
    command.addAll(List.of("--id-column", "song", "--label-column", "label"));
    command.addAll(List.of("--representations", String.join(",", REPRESENTATIONS)));
    command.addAll(List.of("--clusterers", String.join(",", CLUSTERERS)));
    command.addAll(List.of("--seeds", Integer.toString(SEEDS)));
    command.addAll(List.of("--data", folder.resolve("killed/data").toString()));
    command.addAll(List.of("--results", folder.resolve("killed/results").toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("killed.log").toFile())
        .start();
  }

  private ComparisonRun.Outcome run(Path table, String name)
      throws IOException, InterruptedException {
    return new ComparisonRun(
            new ComparisonRequest(
                Optional.of(
                    new SongSource.Table(
                        new FeatureTableOptions(table.toString(), "song", "label", List.of()))),
                "language",
                1,
                folder.resolve(name).resolve("results").toString(),
                folder.resolve(name).resolve("data").toString(),
                new Settings(),
                List.of(),
                REPRESENTATIONS,
                List.of("raw", "pca"),
                CLUSTERERS,
                List.of(),
                SEEDS),
            progress -> {})
        .execute();
  }

  /** Cells that are finished; a file that was begun ends otherwise. */
  private int journalled(String name) throws IOException {
    Path journals = folder.resolve(name).resolve("data/comparison");
    if (!Files.isDirectory(journals)) {
      return 0;
    }
    try (Stream<Path> files = Files.find(journals, 2, (file, is) -> is.isRegularFile())) {
      return (int) files.filter(file -> file.toString().endsWith(".avro")).count();
    }
  }

  private Path table() throws IOException {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("song");
    for (int f = 0; f < FEATURES; f++) {
      csv.append(",f").append(f);
    }
    csv.append(",label\n");
    for (int i = 0; i < SONGS; i++) {
      csv.append("song ").append(i);
      for (int f = 0; f < FEATURES; f++) {
        csv.append(',').append(((i + f) % 4 == 0 ? 2 : 0) + random.nextGaussian());
      }
      csv.append(',').append((char) ('a' + i % 4)).append('\n');
    }
    return Files.writeString(folder.resolve("table.csv"), csv);
  }
}
