package org.surmala.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCollectionTest {
  private static final List<String> EXTENSIONS =
      List.of("wav", "flac", "mp3", "ogg", "opus", "m4a");

  @Test
  void composesOnlyWhatIsNotThere(@TempDir Path folder) throws IOException {
    List<Path> expected = expectedFiles(folder);
    List<Path> missing = List.of(expected.get(4), expected.get(27));
    for (Path file : expected) {
      if (!missing.contains(file)) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "there");
      }
    }
    Set<Integer> told = new ConcurrentSkipListSet<>();
    DemoCollection collection = new DemoCollection(folder, 7);

    collection.write(told::add);

    assertThat(collection.size()).isEqualTo(40);
    assertThat(told).hasSize(40).contains(1, 40);
    assertThat(files(folder)).isEqualTo(new TreeSet<>(expected));
    for (Path file : expected) {
      if (missing.contains(file)) {
        assertThat(Files.size(file)).isGreaterThan(100_000);
      } else {
        assertThat(file).hasContent("there");
      }
    }
    assertThat(new String(Files.readAllBytes(missing.get(0)), StandardCharsets.ISO_8859_1))
        .startsWith("OggS")
        .contains("OpusHead")
        .contains(new Composer(7).title(4));
  }

  private static List<Path> expectedFiles(Path folder) {
    Composer composer = new Composer(7);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int number = i % 20 + 1;
      String name =
          String.format(
              Locale.ROOT,
              "%02d %s.%s",
              number,
              composer.title(i),
              EXTENSIONS.get((number - 1) % 6));
      files.add(folder.resolve(i < 20 ? "english" : "bangla").resolve(name));
    }
    return files;
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
