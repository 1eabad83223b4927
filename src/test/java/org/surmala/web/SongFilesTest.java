package org.surmala.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.schema.SongRef;

/** The file of a song, whole and in parts; and no other file. */
final class SongFilesTest {
  private static final FileTime LISTED = FileTime.fromMillis(1_700_000_000_000L);

  @TempDir Path folder;
  private Path music;
  private Path song;

  @BeforeEach
  void write() throws IOException {
    music = Files.createDirectory(folder.toRealPath().resolve("music"));
    song = file(music.resolve("a.mp3"), "0123456789");
  }

  private static Path file(Path file, String content) throws IOException {
    Files.writeString(file, content);
    return Files.setLastModifiedTime(file, LISTED);
  }

  private static SongRef listed(Path path, long size) {
    return SongRef.newBuilder()
        .setId("ab".repeat(32))
        .setUri(path.toString())
        .setFilepath(path.toString())
        .setSize(size)
        .setModified(LISTED.toMillis())
        .build();
  }

  private WebResponse ask(String... headers) throws ApiException {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      given.put(headers[i], headers[i + 1]);
    }
    return SongFiles.respond(listed(song, 10), Requests.of("GET", "/", given, ""));
  }

  @Test
  void givenNoRange_whenAsked_thenTheWholeFileIsSent() throws ApiException {
    WebResponse response = ask();

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.file()).isEqualTo(new FilePart(song, 0, 10));
    assertThat(response.headers())
        .containsEntry("Content-Type", "audio/mpeg")
        .containsEntry("Accept-Ranges", "bytes")
        .containsEntry("Last-Modified", "Tue, 14 Nov 2023 22:13:20 GMT")
        .containsEntry("ETag", "\"abababababababab-a-18bcfe56800\"");
  }

  @Test
  void givenARange_whenAsked_thenThatPartIsSent() throws ApiException {
    WebResponse response = ask("range", "bytes=-3");

    assertThat(response.status()).isEqualTo(206);
    assertThat(response.file()).isEqualTo(new FilePart(song, 7, 3));
    assertThat(response.headers()).containsEntry("Content-Range", "bytes 7-9/10");
  }

  @Test
  void givenARangeBehindTheEnd_whenAsked_thenTheSizeIsTold() throws ApiException {
    WebResponse response = ask("range", "bytes=10-");

    assertThat(response.status()).isEqualTo(416);
    assertThat(response.file()).isNull();
    assertThat(response.headers()).containsEntry("Content-Range", "bytes */10");
  }

  @Test
  void givenTheSameFile_whenAskedIfChanged_thenNothingIsSent() throws ApiException {
    String tag = ask().headers().getOrDefault("ETag", "");

    assertThat(ask("if-none-match", "\"x\", " + tag).status()).isEqualTo(304);
    assertThat(ask("if-none-match", "\"x\"").status()).isEqualTo(200);
  }

  @Test
  void givenAPartOfAnotherVersion_whenTheRestIsAsked_thenTheWholeFileIsSent() throws ApiException {
    String tag = ask().headers().getOrDefault("ETag", "");

    assertThat(ask("range", "bytes=5-", "if-range", tag).status()).isEqualTo(206);
    assertThat(ask("range", "bytes=5-", "if-range", "Tue, 14 Nov 2023 22:13:20 GMT").status())
        .isEqualTo(206);
    assertThat(ask("range", "bytes=5-", "if-range", "\"x\"").status()).isEqualTo(200);
  }

  private void refused(Path path, long size) {
    assertThatThrownBy(() -> SongFiles.real(listed(path, size)))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(404));
  }

  @Test
  void givenALinkOutOfTheCollectionThatTookASongsPlace_whenAsked_thenItIsRefused()
      throws IOException {
    Path secret = file(folder.resolve("secret"), "a secret that is longer");
    Files.delete(song);
    Files.createSymbolicLink(song, secret);

    refused(song, 10);
  }

  @Test
  void givenAFolderThatBecameALink_whenAsked_thenItIsRefused() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    file(other.resolve("a.mp3"), "of another person");
    Files.delete(song);
    Files.delete(music);
    Files.createSymbolicLink(music, other);

    refused(song, 10);
  }

  @Test
  void givenALinkThatTheCollectionLists_whenAsked_thenTheFileBehindItIsServed() throws Exception {
    Path link = Files.createSymbolicLink(music.resolve("link.mp3"), song);

    assertThat(SongFiles.real(listed(link, 10))).isEqualTo(song);
  }

  @Test
  void givenASongThatWasTagged_whenAsked_thenItIsServed() throws Exception {
    Files.writeString(song, "another tag and 0123456789");

    assertThat(SongFiles.real(listed(song, 10))).isEqualTo(song);
  }

  @Test
  void givenAFileThatIsGoneOrAFolder_whenAsked_thenItIsRefused() throws IOException {
    Files.delete(song);
    refused(song, 10);
    Files.createDirectory(song);
    refused(song, 10);
  }

  @Test
  void givenAFileOnAnotherMachine_whenAsked_thenItIsRefused() {
    SongRef remote = SongRef.newBuilder(listed(song, 10)).setUri("s3://bucket/a.mp3").build();
    assertThatThrownBy(() -> SongFiles.real(remote))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("on another machine");
  }
}
