package org.surmala.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.report.SyntheticResults;

/** The example client in src/docs/serve.md, run by Python against a server. */
final class PythonClientTest {
  private static final Pattern BLOCK = Pattern.compile("(?sm)^```py\n(.*?)^```");

  @TempDir Path folder;

  static String script(String page) {
    Matcher block = BLOCK.matcher(page);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  @Test
  void givenTheClientOfThePage_whenRun_thenItSavesAPlaylistOfSimilarSongs() throws Exception {
    assumeTrue(hasPython(), "no python3: the example client is not tested here");
    SyntheticResults.write(folder, 40, 3);
    WebServer.Options options =
        new WebServer.Options(
            folder.resolve("results"),
            folder.resolve("data"),
            folder.resolve("playlists"),
            null,
            0,
            null,
            Duration.ofSeconds(30),
            Duration.ofHours(1));
    try (WebServer server = WebServer.start(options, line -> {})) {
      Path script = folder.resolve("client.py");
      String page = script(Files.readString(Path.of("src/docs/serve.md")));
      Files.writeString(
          script, page.replace("http://localhost:8337/", server.address().toString()));
      Process python =
          new ProcessBuilder("python3", script.toString(), "Blue in the Morning")
              .redirectErrorStream(true)
              .start();
      String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(python.waitFor()).as(said).isZero();
      assertThat(said).contains("Like Blue in the Morning.m3u8");
      assertThat(folder.resolve("playlists/Like Blue in the Morning.m3u8"))
          .content()
          .contains("\n../music/");
    }
  }

  @Test
  void givenTheExampleClient_whenItsBlockIsRead_thenItHasAtMostTwentyLines() throws IOException {
    assertThat(script(Files.readString(Path.of("src/docs/serve.md"))).lines())
        .hasSizeLessThanOrEqualTo(20);
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      Process python = new ProcessBuilder("python3", "--version").start();
      return python.waitFor(1, TimeUnit.MINUTES) && python.exitValue() == 0;
    } catch (IOException none) {
      return false;
    }
  }
}
