package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.UsageException;

final class DataFolderTest {
  @TempDir private Path folder;

  @Test
  void givenAFolderInUse_whenOpened_thenTheErrorNamesFolderAndHolder() throws IOException {
    String data = folder.resolve("data").toString();
    try (DataFolder first = DataFolder.open(data)) {
      assertThat(first.path()).isEqualTo(data + "/");
      assertThatThrownBy(() -> DataFolder.open(data))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("--data " + data + " is in use by process ")
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void givenAFolderThatWasLeft_whenOpened_thenItIsFree() throws IOException {
    DataFolder.open(folder.toString()).close();

    try (DataFolder again = DataFolder.open(folder.toString())) {
      assertThat(again.path()).isEqualTo(folder + "/");
    }
  }

  @Test
  void givenAFileInItsPlace_whenOpened_thenTheErrorNamesIt() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> DataFolder.open(file.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--data " + file);
  }
}
