package org.surmala.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderFilesTest {
  @TempDir Path dir;

  private static List<String> names(Path folder, String pattern) throws IOException {
    return FolderFiles.matching(folder + "/", pattern).stream()
        .map(file -> folder.relativize(Path.of(file.resourceId().toString())).toString())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "data [1] {x}", "data [1", "data {x", "what?", "a*b"})
  void givenAFolderNamedLikeAPattern_whenMatched_thenItsOwnFilesAreFound(String name)
      throws IOException {
    Path folder = Files.createDirectories(dir.resolve(name));
    Files.createDirectories(folder.resolve("000001/results"));
    for (String file :
        List.of("b.avro", "a.avro", "c.csv", "000001/version.avro", "000001/results/x.avro")) {
      Files.writeString(folder.resolve(file), file);
    }

    assertEquals(List.of("a.avro", "b.avro"), names(folder, "*.avro"));
    assertEquals(List.of("000001/version.avro"), names(folder, "*/version.avro"));
    assertEquals(List.of("results/x.avro", "version.avro"), names(folder.resolve("000001"), "**"));
    assertNotNull(FolderFiles.find(folder + "/c.csv"));
    assertNull(FolderFiles.find(folder + "/d.csv"));
  }

  @Test
  void givenNoFolder_whenMatched_thenThereAreNoFiles() throws IOException {
    assertEquals(List.of(), names(dir.resolve("none [2]"), "*.avro"));
  }

  @Test
  void givenAFolderNamedLikeAPattern_whenSwept_thenUnfinishedFilesAreRemoved() throws IOException {
    Path folder = Files.createDirectories(dir.resolve("data [1] {x}"));
    Files.writeString(folder.resolve(".a.1.unfinished"), "");
    Files.writeString(folder.resolve(".b.2.unfinished"), "");
    Files.writeString(folder.resolve("a"), "");

    WholeFile.sweep(folder + "/", "a");
    assertEquals(List.of(".b.2.unfinished", "a"), names(folder, "*"));
    WholeFile.sweep(folder + "/");
    assertEquals(List.of("a"), names(folder, "*"));
  }
}
