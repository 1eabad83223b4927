package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.UsageException;
import org.surmala.io.DiskFullMessage;

final class OutputFolderTest {
  @TempDir private Path folder;

  @Test
  void givenAFileInTheWay_whenTried_thenTheErrorNamesOptionFileAndRemedy() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Path wrong : List.of(file, file.resolve("below"))) {
      assertThatThrownBy(() -> OutputFolder.require("--results", wrong.toString()))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("--results " + wrong + " can't be written to: " + file)
          .hasMessageContaining(" is a file; give a folder");
    }
    assertThatThrownBy(() -> OutputFolder.requireOf("--out", file.resolve("table.csv")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--out " + file.resolve("table.csv"))
        .hasMessageContaining(" is a file");
  }

  @Test
  void givenANewFolderOrALinkToOne_whenTried_thenItIsThereAndEmpty() throws IOException {
    Path made = folder.resolve("a/b");
    OutputFolder.require("--results", made.toString());
    assertThat(made).isEmptyDirectory();
    Path link = Files.createSymbolicLink(folder.resolve("link"), made);
    OutputFolder.require("--results", link.toString());
    assertThat(made).isEmptyDirectory();
  }

  /** The system's own message has no name in it. */
  @Test
  void givenAFullDisk_whenAWriteFails_thenTheFolderIsNamed() {
    assertThat(DiskFullMessage.named("/results/", new IOException("No space left on device")))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(
            "/results/: No space left on device; free some space there, or use another folder");
    IOException other = new IOException("Stale file handle");
    assertThat(DiskFullMessage.named("/results/", other)).isSameAs(other);
  }
}
