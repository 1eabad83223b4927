package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.io.AvroFile;
import org.surmala.io.Shards;
import org.surmala.runner.ProgressFile;
import org.surmala.schema.Failure;

final class RunStampTest {
  private static final Optional<String> BUILD = Optional.of("build");

  @TempDir private Path folder;
  private RunRequest request;

  @BeforeEach
  void makeARunThatEnded() throws IOException {
    Files.createDirectories(folder.resolve("songs/english"));
    Files.createDirectories(folder.resolve("data/processed"));
    Files.createDirectories(folder.resolve("out/latent_visualization"));
    for (String name : List.of("songs/english/a.mp3", "songs/b.ogg", "songs/cover.jpg")) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.writeString(folder.resolve("data/processed/a.wav"), "sound");
    Files.writeString(folder.resolve("data/metadata.csv"), "id,title");
    Files.writeString(folder.resolve("out/latent_visualization/clusters.png"), "plot");
    failures(List.of());
    request = TestRuns.request(folder.resolve("songs"), folder, "out", "data", List.of());
  }

  private void failures(List<Failure> failures) throws IOException {
    AvroFile.write(folder + "/out/records/", "failures.avro", Failure.class, failures);
  }

  private Optional<RunStamp> stamp(Optional<String> build) throws IOException {
    return RunStamp.before(
        build, request, PipelineConfig.of(request, folder + "/data/", new Shards(2)));
  }

  private void write() throws IOException {
    stamp(BUILD).orElseThrow().write();
  }

  private boolean isCurrent() throws IOException {
    return stamp(BUILD).orElseThrow().isCurrent();
  }

  @Test
  void givenNoRunYet_whenStamped_thenItIsNotCurrent() throws IOException {
    assertThat(isCurrent()).isFalse();
  }

  @Test
  void givenSongsAndOtherFiles_whenStamped_thenSongsAreCounted() throws IOException {
    assertThat(stamp(BUILD).orElseThrow().songs()).isEqualTo(2);
  }

  @Test
  void givenNothingChanged_whenStampedAgain_thenItIsCurrent() throws IOException {
    write();
    assertThat(isCurrent()).isTrue();
  }

  @Test
  void givenTheProgressOfTheRun_whenItIsGoneAfterwards_thenTheStampIsCurrent() throws IOException {
    Path progress = Files.writeString(folder.resolve("out/" + ProgressFile.FILE), "{}");
    write();
    Files.delete(progress);
    assertThat(isCurrent()).isTrue();
  }

  @Test
  void givenAnotherBuildOrNone_whenStamped_thenItIsNotCurrent() throws IOException {
    write();
    assertThat(stamp(Optional.of("later")).orElseThrow().isCurrent()).isFalse();
    assertThat(stamp(Optional.empty())).isEmpty();
  }

  @Test
  void givenAnotherSetting_whenStamped_thenItIsNotCurrent() throws IOException {
    write();
    request.settings().set("plots.width", "100mm");
    assertThat(isCurrent()).isFalse();
  }

  @Test
  void givenAFileThatCameWentOrChanged_whenStamped_thenItIsNotCurrent() throws IOException {
    for (String changed :
        List.of(
            "songs/english/a.mp3",
            "data/metadata.csv",
            "data/processed/a.wav",
            "out/latent_visualization/clusters.png")) {
      write();
      Path file = folder.resolve(changed);
      FileTime before = Files.getLastModifiedTime(file);

      Files.delete(file);
      assertThat(isCurrent()).as("%s gone", changed).isFalse();
      Files.writeString(file, "other contents");
      assertThat(isCurrent()).as("%s rewritten", changed).isFalse();
      Files.writeString(file, changed.startsWith("songs") ? changed : "sound");
      Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 1));
      assertThat(isCurrent()).as("%s touched", changed).isFalse();
    }
    write();
    Files.delete(folder.resolve("songs/cover.jpg"));
    assertThat(isCurrent()).as("one skipped file fewer").isFalse();
    write();
    Files.writeString(folder.resolve("songs/new.mp3"), "new");
    assertThat(isCurrent()).as("one more song").isFalse();
  }

  @Test
  void givenAPlaylistSavedBesideTheResults_whenStamped_thenTheyAreCurrent() throws IOException {
    write();
    Files.writeString(folder.resolve("out/mine.m3u8"), "#EXTM3U");
    assertThat(isCurrent()).isTrue();
  }

  @Test
  void givenABrokenLink_whenTheRunEnds_thenItIsCurrentUntilTheLinkChanges() throws IOException {
    Path link = folder.resolve("songs/link.mp3");
    Files.createSymbolicLink(link, folder.resolve("nowhere.mp3"));
    failures(
        List.of(
            new SongException(FailureCode.VANISHED, "gone")
                .toFailure(null, link.toString(), "../songs/link.mp3")));
    write();
    assertThat(isCurrent()).isTrue();
    Files.writeString(folder.resolve("nowhere.mp3"), "song");
    assertThat(isCurrent()).isFalse();
  }

  @Test
  void givenATransientFailure_whenTheRunEnds_thenTheNextOneTriesAgain() throws IOException {
    failures(
        List.of(
            new SongException(FailureCode.VANISHED, "gone").toFailure(null, "/a.mp3", "a.mp3")));
    write();
    assertThat(isCurrent()).isFalse();
  }
}
