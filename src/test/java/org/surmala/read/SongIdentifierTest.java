package org.surmala.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.failure.SongException;
import org.surmala.schema.SongFile;

final class SongIdentifierTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "song.mp3, song.txt, words",
    "song, song.txt, words",
    "song.live.mp3, song.live.lrc, words",
    "song, other.txt, ",
  })
  void givenAFileBesideASong_whenIdentified_thenItsLyricsAreOfTheFileOfTheSameName(
      String song, String beside, @Nullable String lyrics) throws IOException, SongException {
    Path dotted = Files.createDirectory(folder.resolve("vol. 1"));
    Path file = Files.writeString(dotted.resolve(song), "audio");
    Files.writeString(dotted.resolve(beside), "words");
    SongFile found =
        SongFile.newBuilder()
            .setUri(file.toString())
            .setFilepath(song)
            .setSize(Files.size(file))
            .setModified(Files.getLastModifiedTime(file).toMillis())
            .build();

    assertThat(new SongIdentifier().identify(found).getLyrics()).isEqualTo(lyrics);
  }
}
