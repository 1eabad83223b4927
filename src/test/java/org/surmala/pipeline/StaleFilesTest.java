package org.surmala.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.io.ChecksummedFile;
import org.surmala.io.PathText;
import org.surmala.io.Snapshots;
import org.surmala.io.WholeFile;
import org.surmala.report.SongParts;

final class StaleFilesTest {
  @TempDir Path folder;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void givenResultsOfAWatch_whenCleared_thenWhatOnlyAWatchWritesIsGone() throws IOException {
    Files.writeString(folder.resolve("own.txt"), "mine");
    new Snapshots(folder)
        .publish(
            null,
            Set.of(),
            state -> {
              for (String file : List.of(StaleFiles.WATCH_STATE, StaleFiles.WATCH_CHANGES)) {
                ChecksummedFile.write(state, file, out -> out.write('x'));
              }
              WholeFile.write(state, "coverage.csv", out -> out.write('x'));
              byte[] parts = "{\"model\":\"m\",\"rows\":0,\"parts\":[]}".getBytes(UTF_8);
              ChecksummedFile.write(
                  state + SongParts.FOLDER, "manifest.json", out -> out.write(parts));
            });

    StaleFiles.clearWatch(PathText.folder(folder));

    assertThat(names()).containsExactly("coverage.csv", "own.txt");
  }

  @Test
  void givenOtherFiles_whenCleared_thenTheyStay() throws IOException {
    Files.createDirectories(folder.resolve("assignments"));
    Files.writeString(folder.resolve("assignments/homework.txt"), "mine");
    Files.writeString(folder.resolve("assignments.csv"), "of a run");

    StaleFiles.clearWatch(PathText.folder(folder));

    assertThat(names()).containsExactly("assignments", "assignments.csv");
    assertThat(folder.resolve("assignments/homework.txt")).hasContent("mine");
  }
}
