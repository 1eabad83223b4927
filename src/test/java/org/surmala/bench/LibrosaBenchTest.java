package org.surmala.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.UsageException;

/** A shell script stands for Python, so that no test depends on what is installed. */
final class LibrosaBenchTest {
  @TempDir private Path folder;
  private Path python;

  @BeforeEach
  void namePython() {
    python = folder.resolve("bin/python3");
  }

  private LibrosaBench bench(String... commands) throws IOException {
    Files.createDirectories(python.getParent());
    Files.writeString(python, "#!/bin/sh\n" + String.join("\n", commands) + "\n");
    assertThat(python.toFile().setExecutable(true)).isTrue();
    return LibrosaBench.on("/nowhere:" + python.getParent());
  }

  /** Answers the import of librosa, and a benchmark by what the commands say. */
  private LibrosaBench importable(String... commands) throws IOException {
    return bench("[ \"$1\" = -c ] && exit 0", String.join("\n", commands));
  }

  @Test
  void givenSongs_whenMeasured_thenPythonGetsTheirPathsAndItsAnswerIsRead() throws IOException {
    LibrosaBench bench =
        importable(
            "cp \"$1\" " + folder.resolve("script.py"),
            "echo \"$2 $PYTHONUTF8\" > " + folder.resolve("arguments"),
            "cat > " + folder.resolve("songs"),
            "echo '{\"version\": \"0.11.0\", \"songs\": 2, \"failed\": 1, \"seconds\": 0.5}'");

    LibrosaBench.Outcome outcome = bench.execute(List.of("/music/a b.mp3", "/music/গান.ogg"), 3);

    assertThat(outcome).isEqualTo(new LibrosaBench.Outcome("0.11.0", 2, 1, 0.5));
    assertThat(outcome.rate()).isEqualTo(4.0);
    assertThat(folder.resolve("arguments")).hasContent("3 1");
    assertThat(folder.resolve("songs")).hasContent("/music/a b.mp3\n/music/গান.ogg");
    assertThat(folder.resolve("script.py"))
        .hasSameTextualContentAs(
            Path.of("src/main/resources/org/surmala/bench/librosa_features.py"));
  }

  @Test
  void givenNoPython_whenLookedFor_thenTheErrorSaysWhatToInstall() {
    assertThatThrownBy(() -> LibrosaBench.on(folder.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--against librosa: there is no python3 on the PATH; install Python 3, then:"
                + " pip install librosa");
  }

  @Test
  void givenAPythonWithoutLibrosa_whenLookedFor_thenTheErrorNamesItAndTheRemedy() {
    assertThatThrownBy(
            () ->
                bench(
                    "echo Traceback >&2",
                    "echo \"ModuleNotFoundError: No module named 'librosa'\" >&2",
                    "exit 1"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--against librosa: "
                + python
                + " can't import librosa (ModuleNotFoundError: No module named 'librosa');"
                + " install it: pip install librosa");
  }

  @Test
  void givenARemoteSong_whenMeasured_thenTheErrorNamesIt() throws IOException {
    LibrosaBench bench = importable();

    assertThatThrownBy(() -> bench.execute(List.of("s3://music/a.mp3"), 1))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--against librosa: librosa reads local files only, not s3://music/a.mp3;"
                + " copy the songs");
  }

  @Test
  void givenAPythonThatFails_whenMeasured_thenTheErrorHasItsLastLine() throws IOException {
    LibrosaBench bench =
        importable("echo first >&2", "echo 'MemoryError: no memory' >&2", "exit 3");

    assertThatThrownBy(() -> bench.execute(List.of("/music/a.mp3"), 1))
        .isInstanceOf(IOException.class)
        .hasMessage(python + " ended with exit code 3: MemoryError: no memory");
  }

  @Test
  void givenTheScript_whenCompiledByPython_thenItsSyntaxIsCorrect()
      throws IOException, InterruptedException {
    Path script = Path.of("src/main/resources/org/surmala/bench/librosa_features.py");
    ProcessBuilder builder =
        new ProcessBuilder("python3", "-m", "py_compile", script.toString())
            .redirectErrorStream(true);
    builder.environment().put("PYTHONPYCACHEPREFIX", folder.toString());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      assumeTrue(false, "there is no python3");
      return;
    }

    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    assertThat(process.waitFor()).isZero();
  }
}
