package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.pipeline.Settings;

final class MainTest {
  private static final int WIDTH = 80;
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"--help", "run --help", "demo --help", "--version"})
  void givenHelp_whenAsked_thenItFitsEightyColumns(String arguments) {
    assertThat(execute(arguments.split(" ", -1))).isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines()).isNotEmpty().allMatch(line -> line.length() <= WIDTH);
  }

  @Test
  void givenTheHelpOfRun_whenAsked_thenEveryOptionOfAPipelineIsInIt() {
    execute("run", "--help");

    for (Settings.Help help : Settings.help()) {
      assertThat(out.toString().replaceAll("\\s+", ""))
          .contains((help.key() + "=" + help.standard() + help.doc()).replaceAll("\\s+", ""));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|no command given",
        "rum|Unmatched argument",
        "run|Missing required argument",
        "run --songs no/such/place|--songs 'no/such/place' is not there",
        "run --songs . --set vae.epochz=3|'vae.epochz' is no option; did you mean 'vae.epochs'?",
        "run --songs . --set vae.epochs=0|vae.epochs: '0' is not allowed; give a whole number",
        "run --songs . --seed x|Invalid value for option '--seed'",
        "run --songs . --pipeline none.yaml|--pipeline none.yaml: cannot be read",
        "run --songs . -- --runner=NoSuchRunner|options after --:",
      })
  void givenWrongUsage_whenRun_thenTheErrorIsOneLineAndTheCodeIsTwo(
      String arguments, String message) {
    assertThat(execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)))
        .isEqualTo(2);

    assertThat(err.toString()).startsWith("surmala: ").contains(message);
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void givenAFolderWithoutSongs_whenRun_thenTheErrorSaysWhatASongIs() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "words");

    int code =
        execute(
            "run",
            "--songs",
            folder.toString(),
            "--data",
            folder.resolve("data").toString(),
            "--results",
            folder.resolve("results").toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("has no songs").contains("mp3");
  }

  private int execute(String... arguments) {
    return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
