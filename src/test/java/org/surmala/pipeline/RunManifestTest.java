package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.UsageException;
import org.surmala.io.ChecksummedFile;
import org.surmala.words.Noun;

final class RunManifestTest {
  @TempDir private Path folder;

  private String results(String source) throws IOException {
    byte[] json = ("{\"source\": \"" + source + "\"}").getBytes(StandardCharsets.UTF_8);
    ChecksummedFile.write(folder + "/", "run.json", out -> out.write(json));
    return folder + "/";
  }

  @Test
  void givenResultsOfATable_whenSongsAreRequired_thenTheErrorSaysWhatToGive() throws IOException {
    String results = results("--features table.csv");

    assertThat(RunManifest.noun(results)).isEqualTo(Noun.ROW);
    assertThatThrownBy(() -> RunManifest.requireSongs(results, "they have no tags"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("feature table")
        .hasMessageEndingWith("they have no tags; give the results of: surmala run --songs PATH");
  }

  @Test
  void givenResultsOfSongsOrNone_whenSongsAreRequired_thenThereIsNoError() throws IOException {
    assertThatCode(() -> RunManifest.requireSongs(folder + "/", "")).doesNotThrowAnyException();
    String results = results("--songs music");
    assertThatCode(() -> RunManifest.requireSongs(results, "")).doesNotThrowAnyException();
  }
}
