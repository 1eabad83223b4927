package org.surmala.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.PipelineConfig;
import org.surmala.io.AvroFile;
import org.surmala.io.ChecksummedFile;
import org.surmala.io.PathText;
import org.surmala.io.Shards;
import org.surmala.io.Snapshots;
import org.surmala.io.WholeFile;
import org.surmala.report.SongParts;
import org.surmala.schema.ModelCheckpoint;

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

  @Test
  void givenMoreModelsThanAreKept_whenCleared_thenTheLastAndThoseOfModelVersionsStay()
      throws IOException {
    PipelineConfig config =
        PipelineConfig.of(
            TestRuns.request(folder, folder, "out", "data", List.of()),
            folder + "/data/",
            new Shards(1));
    Path models = Files.createDirectories(folder.resolve("data/models"));
    List<String> all = new ArrayList<>();
    for (int age = 0; age < StaleFiles.KEPT_MODELS + 3; age++) {
      all.add("raw-%012d.avro".formatted(age));
      Files.setLastModifiedTime(
          Files.createFile(models.resolve(all.get(age))),
          FileTime.from(Instant.EPOCH.minusSeconds(age)));
    }
    String oldest = all.get(all.size() - 1);
    AvroFile.write(
        folder + "/data/versions/run/000001/results/records/",
        "checkpoints.avro",
        ModelCheckpoint.class,
        List.of(new ModelCheckpoint("raw", "", models + "/" + oldest, "", null)));
    Path fits = Files.createDirectories(models.resolve("fits"));
    Files.createFile(fits.resolve("key.avro"));

    StaleFiles.clearModels(config);

    List<String> kept = new ArrayList<>(all.subList(0, StaleFiles.KEPT_MODELS));
    kept.addAll(List.of(oldest, "fits"));
    try (Stream<Path> entries = Files.list(models)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(kept);
    }
    assertThat(fits.resolve("key.avro")).exists();
  }

  @Test
  void givenNoModelYet_whenCleared_thenNothingHappens() throws IOException {
    StaleFiles.clearModels(
        PipelineConfig.of(
            TestRuns.request(folder, folder, "out", "data", List.of()),
            folder + "/data/",
            new Shards(1)));

    assertThat(names()).isEmpty();
  }
}
