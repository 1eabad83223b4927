package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.schema.SongRef;

final class UserMetadataTest {
  @TempDir private Path folder;

  @Test
  void givenATitleThatIsTheFilesName_whenTheFileIsRenamed_thenItDoesNotKeepIt() throws IOException {
    assertThat(titleOf("a/old name.wav", "old name", "a/new name.wav")).isNull();
  }

  @Test
  void givenATitleOfTheOwner_whenTheFileIsRenamed_thenItGoesWithTheSong() throws IOException {
    assertThat(titleOf("a/old name.wav", "Requiem", "a/new name.wav")).isEqualTo("Requiem");
    assertThat(titleOf("a/old name.wav", "old name", "a/old name.wav")).isEqualTo("old name");
  }

  private @Nullable String titleOf(String written, String title, String now) throws IOException {
    Files.writeString(
        folder.resolve(UserMetadata.FILE), "id,filepath,title\n1," + written + "," + title + "\n");
    SongRef song =
        SongRef.newBuilder()
            .setId("1")
            .setUri("/" + now)
            .setFilepath(now)
            .setSize(1)
            .setModified(1)
            .build();
    return UserMetadata.read(folder + "/").of(song).getTitle();
  }
}
