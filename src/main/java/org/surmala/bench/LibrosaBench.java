package org.surmala.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.surmala.config.UsageException;
import org.surmala.io.LocalFolder;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;

/**
 * Measures how fast librosa extracts the default features from files, with the Python of this
 * machine: decoding by soundfile or audioread, resampling by soxr HQ, the middle 30 s. Nothing is
 * installed.
 */
public final class LibrosaBench {
  private static final String SCRIPT = "librosa_features.py";

  private final Path python;

  private LibrosaBench(Path python) {
    this.python = python;
  }

  /**
   * Finds the first {@code python3} of a search path, which must have librosa.
   *
   * @param path folders, separated as in the environment variable PATH
   * @throws UsageException if there is no {@code python3}, or it can't import librosa
   * @throws IOException if it can't be started
   */
  public static LibrosaBench on(String path) throws IOException {
    Path python =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(path)
            .map(folder -> Path.of(folder, "python3"))
            .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--against librosa: there is no python3 on the PATH; install Python 3,"
                            + " then: pip install librosa"));
    Process process =
        new ProcessBuilder(python.toString(), "-c", "import librosa")
            .redirectErrorStream(true)
            .start();
    String output = textOf(process.getInputStream());
    if (exitCode(process) != 0) {
      throw new UsageException(
          "--against librosa: %s can't import librosa (%s); install it: pip install librosa"
              .formatted(python, lastLine(output)));
    }
    return new LibrosaBench(python);
  }

  /**
   * The measurement.
   *
   * @param songs decoded songs, including failed ones
   * @param seconds time from the first file to the last features, without the start of Python
   */
  public record Outcome(String version, long songs, long failed, double seconds) {
    /** Songs per second. */
    public double rate() {
      return songs / seconds;
    }
  }

  /**
   * Runs the benchmark.
   *
   * @param songs paths of local files
   * @param processes number of processes, at least 1
   * @throws UsageException if a song is not a local file
   * @throws IOException if Python fails, or the temporary folder cannot be used
   */
  public Outcome execute(List<String> songs, int processes) throws IOException {
    for (String song : songs) {
      if (RemoteFiles.isRemote(song)) {
        throw new UsageException(
            "--against librosa: librosa reads local files only, not " + song + "; copy the songs");
      }
    }
    Path folder = Files.createTempDirectory("surmala-bench");
    try (InputStream resource = LibrosaBench.class.getResourceAsStream(SCRIPT)) {
      Path script = folder.resolve(SCRIPT);
      Files.copy(Objects.requireNonNull(resource, SCRIPT), script);
      Path paths = folder.resolve("songs.txt");
      Files.write(paths, songs.stream().map(song -> PathText.toPath(song).toString()).toList());
      Path errors = folder.resolve("errors.txt");
      ProcessBuilder builder =
          new ProcessBuilder(python.toString(), script.toString(), Integer.toString(processes))
              .redirectInput(paths.toFile())
              .redirectError(errors.toFile());
      builder.environment().put("PYTHONUTF8", "1");
      Process process = builder.start();
      String answer = textOf(process.getInputStream());
      int code = exitCode(process);
      if (code != 0) {
        String reason = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8);
        throw new IOException(
            "%s ended with exit code %d: %s".formatted(python, code, lastLine(reason)));
      }
      return outcome(answer);
    } finally {
      LocalFolder.delete(folder);
    }
  }

  private static Outcome outcome(String answer) throws IOException {
    JsonNode fields = new ObjectMapper().readTree(answer);
    return new Outcome(
        fields.path("version").asText(),
        fields.path("songs").asLong(),
        fields.path("failed").asLong(),
        fields.path("seconds").asDouble());
  }

  private static String textOf(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static int exitCode(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while python3 was at work", e);
    }
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("no message", (earlier, line) -> line);
  }
}
