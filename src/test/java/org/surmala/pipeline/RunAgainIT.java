package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program, run twice over a collection that did not change. */
final class RunAgainIT {
  private static final int SONGS = 6;
  private static final double SECONDS = 8;

  @TempDir private Path folder;

  @Test
  void givenNothingChanged_whenRunAgain_thenItSaysSoAndWritesNothing()
      throws IOException, InterruptedException {
    TestSongs.write(folder.resolve("songs"), 0, SONGS, SECONDS);
    String first = run();
    Path page = folder.resolve("out/index.html");
    FileTime written = Files.getLastModifiedTime(page);

    assertThat(first).contains("6 decoded").doesNotContain("Nothing changed");
    assertThat(run()).contains("Nothing changed since the last run");
    assertThat(Files.getLastModifiedTime(page)).isEqualTo(written);
  }

  private String run() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            System.getProperty("surmala.jar"));
    builder.command().addAll(List.of("run", "--songs", folder.resolve("songs").toString()));
    builder.command().addAll(List.of("--results", folder.resolve("out").toString()));
    builder.command().addAll(List.of("--data", folder.resolve("data").toString()));
    TestRuns.QUICK.forEach((key, value) -> builder.command().add("--set=" + key + "=" + value));
    Path log = folder.resolve("run.log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as("exit code").isZero();
    return Files.readString(log, StandardCharsets.UTF_8);
  }
}
