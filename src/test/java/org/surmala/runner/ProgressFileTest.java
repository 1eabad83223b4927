package org.surmala.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a run is, as another process reads it. */
final class ProgressFileTest {
  @TempDir Path folder;
  private final AtomicLong now = new AtomicLong();

  private void after(int millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private static RunProgress decoded(int done) {
    return new RunProgress("decode", done, 100, "songs", 0);
  }

  @Test
  void givenAStageAtASteadyRate_whenRead_thenTheTimeLeftFollows() throws IOException {
    try (ProgressFile file = new ProgressFile(folder, now::get)) {
      file.accept(decoded(0));
      after(10_000);
      file.accept(decoded(20));

      assertThat(ProgressFile.read(folder))
          .isEqualTo(new ProgressFile.State(ProcessHandle.current().pid(), "decode", 20, 100, 40L));
    }
    assertThat(ProgressFile.read(folder)).isNull();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void givenMoreThanOneASecond_whenRead_thenTheFirstOfTheSecondCounts() throws IOException {
    try (ProgressFile file = new ProgressFile(folder, now::get)) {
      file.accept(decoded(1));
      after(400);
      file.accept(decoded(2));
      assertThat(ProgressFile.read(folder)).extracting(ProgressFile.State::done).isEqualTo(1L);

      file.accept(new RunProgress("train", 0, 0, "epochs", 0));
      assertThat(ProgressFile.read(folder))
          .isEqualTo(new ProgressFile.State(ProcessHandle.current().pid(), "train", 0, 0, null));
    }
  }

  @Test
  void givenAProcessThatWasKilled_whenRead_thenNoRunIsAtWork() throws IOException {
    Files.writeString(
        folder.resolve(ProgressFile.FILE),
        "{\"process\":4194305,\"stage\":\"decode\",\"done\":1,\"total\":2,\"secondsLeft\":null}");

    assertThat(ProgressFile.read(folder)).isNull();
  }

  @Test
  void givenAFolderThatIsNotThere_whenToldAndClosed_thenTheRunGoesOn() throws IOException {
    try (ProgressFile file = new ProgressFile(folder.resolve("none"), now::get)) {
      file.accept(decoded(1));
    }
    assertThat(folder).isEmptyDirectory();
  }
}
