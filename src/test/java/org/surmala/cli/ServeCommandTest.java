package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.config.UsageException;
import org.surmala.web.WebServer;
import picocli.CommandLine;

/** What the options of serve mean, and which are refused. */
final class ServeCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void makeResults() throws IOException {
    Files.createDirectory(folder.resolve("results"));
  }

  private WebServer.Options options(@Nullable String token, String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("--results", folder + "/results", "--data", folder + "/data"));
    all.addAll(List.of(arguments));
    CommandLine line = new CommandLine(new ServeCommand());
    line.parseArgs(all.toArray(String[]::new));
    return line.<ServeCommand>getCommand().options(token);
  }

  @Test
  void givenNoOption_whenRead_thenThisMachineAloneIsServedWithoutAToken() {
    WebServer.Options options = options("a-token-of-the-environment");

    assertThat(options.host()).isNull();
    assertThat(options.token()).isNull();
    assertThat(options.port()).isEqualTo(8337);
    assertThat(options.playlists()).isEqualTo(folder.resolve("data/playlists"));
  }

  @Test
  void givenAHost_whenRead_thenATokenIsMadeThatNoOtherStartHas() {
    String first = options(null, "--host", "0.0.0.0").token();

    assertThat(first).matches("[0-9a-f]{32}");
    assertThat(options("", "--host", "0.0.0.0").token())
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(first);
  }

  @Test
  void givenATokenInTheEnvironment_whenAHostIsGiven_thenItIsThatToken() {
    assertThat(options("0123456789abcdef", "--host", "0.0.0.0").token())
        .isEqualTo("0123456789abcdef");
  }

  @Test
  void givenTheLoopbackAsHost_whenRead_thenThereIsNoToken() {
    assertThat(options(null, "--host", "127.0.0.1").token()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "0123456789abcde;", "0123456789 abcdef", "0123456789abcde\n"})
  void givenATokenThatIsWeakOrNoHeader_whenAHostIsGiven_thenItIsRefused(String token) {
    assertThatThrownBy(() -> options(token, "--host", "0.0.0.0"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("SURMALA_TOKEN must have 16 or more")
        .hasMessageEndingWith("make one with: openssl rand -hex 16")
        .hasMessageNotContaining(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536"})
  void givenNoPort_whenRead_thenTheRangeIsTold(String port) {
    assertThatThrownBy(() -> options(null, "--port", port))
        .isInstanceOf(UsageException.class)
        .hasMessage("--port is " + port + "; give a whole number from 0 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--results", "--data"})
  void givenAFolderInAnObjectStore_whenRead_thenItIsRefused(String option) {
    CommandLine line = new CommandLine(new ServeCommand());
    String other = option.equals("--data") ? "--results" : "--data";
    line.parseArgs(option, "s3://bucket/folder", other, folder + "/results");

    assertThatThrownBy(() -> line.<ServeCommand>getCommand().options(null))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            option
                + " s3://bucket/folder: serve reads local folders only; mount or copy it, and give"
                + " its path here");
  }

  @Test
  void givenNoFolderOfResults_whenRead_thenTheErrorNamesTheRemedy() throws IOException {
    Files.delete(folder.resolve("results"));

    assertThatThrownBy(() -> options(null))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--results "
                + folder
                + "/results is not there; first run: surmala run --songs PATH --results "
                + folder
                + "/results");
  }
}
