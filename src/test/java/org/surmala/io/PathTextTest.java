package org.surmala.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTextTest {
  @TempDir private Path folder;

  /** Every way to a file and back ends at the same bytes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "with  two spaces ",
        "100 %",
        "%41",
        "#1",
        "what?",
        "সুরমালা",
        "Gr\u00FC\u00DFe",
        "Gru\u0308\u00DFe",
        "[2020] {x}",
        "a*b",
        "back\\slash",
        "d:e",
        "a+b&c;d='e'",
        "line\nbreak",
        "~home",
        "..."
      })
  void givenAnyName_whenMadeTextAndAPathAgain_thenItIsTheSameFile(String name) throws IOException {
    Path directory = Files.createDirectory(folder.resolve(name));
    Path file = Files.writeString(directory.resolve(name), name);
    String text = PathText.of(file);

    assertThat(PathText.toPath(text)).isEqualTo(file);
    assertThat(PathText.absolute(text)).isEqualTo(text);
    assertThat(PathText.folder(directory)).isEqualTo(directory + "/");
    assertThat(PathText.folder(directory.toString())).isEqualTo(directory + "/");
    assertThat(PathText.folder(directory + "/")).isEqualTo(directory + "/");
    assertThat(PathText.file(text)).hasToString(text);
    assertThat(PathText.beside(directory + "/list.txt", name)).isEqualTo(text);
    try (InputStream in = WholeFile.open(text)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(name);
    }
    assertThat(FolderFiles.matching(directory + "/", "*"))
        .singleElement()
        .satisfies(found -> assertThat(found.resourceId()).hasToString(text));
    WholeFile.write(PathText.folder(directory), name, out -> out.write(1));
    assertThat(file).hasBinaryContent(new byte[] {1});

    URI uri = PathText.uri(text);
    assertThat(uri.toString()).startsWith("file:///").matches("\\p{ASCII}+").doesNotContain(" ");
    // Java's own reading of the URI is the oracle.
    assertThat(Path.of(uri)).isEqualTo(file);
    assertThat(PathText.toPath(uri.toString())).isEqualTo(file);
    String root = PathText.folder(folder);
    assertThat(PathText.relative(root, text)).isEqualTo(name + "/" + name);
    assertThat(folder.toUri().resolve(PathText.relativeUri(root, text))).isEqualTo(uri);
    assertThat(PathText.relative(root + "beside/", text)).isEqualTo("../" + name + "/" + name);
    assertThat(
            folder.toUri().resolve("beside/").resolve(PathText.relativeUri(root + "beside/", text)))
        .isEqualTo(uri);
  }

  @ParameterizedTest
  @CsvSource({
    "/music/,            /music/,       /music,      file:///music/",
    "/,                  /,             /,           file:///",
    "/a/../b//c/.,       /b/c/,         /b/c,        file:///b/c",
    "file:///a%20b,      /a b/,         /a b,        file:///a%20b",
    "file:/a%25/#,       ,              ,            ",
    "gs://bucket/a b,    gs://bucket/a b/, gs://bucket/a b, ",
    "gs://bucket/,       gs://bucket/,  gs://bucket/, gs://bucket/",
  })
  void givenWhatIsTyped_whenMadeAbsolute_thenAFolderEndsInOneSlash(
      String typed, String asFolder, String absolute, String uri) {
    if (absolute == null) {
      assertThatThrownBy(() -> PathText.absolute(typed))
          .isInstanceOf(IllegalArgumentException.class);
      return;
    }
    assertThat(PathText.folder(typed)).isEqualTo(asFolder);
    assertThat(PathText.absolute(typed)).isEqualTo(absolute);
    if (uri != null) {
      assertThat(PathText.uri(typed)).hasToString(uri);
    }
  }

  @Test
  void givenARelativePath_whenMadeAbsolute_thenItCountsFromTheWorkingFolder() {
    String here = System.getProperty("user.dir");

    assertThat(PathText.absolute("music [1]")).isEqualTo(here + "/music [1]");
    assertThat(PathText.folder("music/")).isEqualTo(here + "/music/");
    assertThat(PathText.folder("")).isEqualTo(here + "/");
    assertThat(PathText.relative("results/", "data/processed/")).isEqualTo("../data/processed/");
    assertThat(PathText.relative("data/", "data/")).isEqualTo("./");
  }

  @Test
  void givenALink_whenItsTextLeadsBack_thenItIsTheLinkAndNotItsTarget() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "t");
    Path link = Files.createSymbolicLink(folder.resolve("link #"), target);

    assertThat(PathText.toPath(PathText.of(link))).isEqualTo(link);
    assertThat(FolderFiles.find(PathText.of(link))).isNotNull();
  }

  @Test
  void givenAnotherFileSystem_whenAPathIsWanted_thenTheErrorNamesTheUri() {
    assertThat(RemoteFiles.isRemote("gs://b/x")).isTrue();
    assertThat(RemoteFiles.isRemote("file:///x")).isFalse();
    assertThat(PathText.relative("gs://b/results/", "/music/a b.mp3")).isEqualTo("/music/a b.mp3");
    assertThat(PathText.relativeUri("/results/", "gs://b/data/")).isEqualTo("gs://b/data/");
    assertThatThrownBy(() -> PathText.toPath("gs://b/x"))
        .hasMessage("'gs://b/x' is on another file system; give a path of this machine");
  }
}
