package org.surmala.runner;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;

/**
 * The file .progress.json of a results folder: the progress of a run, for programs that show the
 * results meanwhile. It exists while the run is active.
 */
public final class ProgressFile implements Consumer<RunProgress>, AutoCloseable {
  /** The file's name. */
  public static final String FILE = ".progress.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final double NANOS = 1e-9;

  /** Null if the file is not written. */
  private final @Nullable Path file;

  private final LongSupplier nanoTime;
  private String stage = "";
  private long stageStart;
  private long stageDone;
  private long last;

  /**
   * The progress of a run.
   *
   * @param stage current stage, one word
   * @param done finished units of this stage
   * @param total total units; 0 if unknown
   * @param secondsLeft remaining time of this stage at its mean rate; null if unknown
   */
  public record State(
      @JsonProperty("process") long process,
      @JsonProperty("stage") String stage,
      @JsonProperty("done") long done,
      @JsonProperty("total") long total,
      @JsonProperty("secondsLeft") @Nullable Long secondsLeft) {}

  ProgressFile(@Nullable Path results, LongSupplier nanoTime) {
    this.file = results == null ? null : results.resolve(FILE);
    this.nanoTime = nanoTime;
    this.last = nanoTime.getAsLong() - EVERY_NANOS;
  }

  /** The progress file of a run; a remote results folder gets no file. */
  public static ProgressFile of(String results) {
    return new ProgressFile(
        RemoteFiles.isRemote(results) ? null : PathText.toPath(results), System::nanoTime);
  }

  /** Reads the progress in a folder; null if no run is active there. */
  public static @Nullable State read(Path results) throws IOException {
    try {
      State state = JSON.readValue(Files.readAllBytes(results.resolve(FILE)), State.class);
      return ProcessHandle.of(state.process()).isPresent() ? state : null;
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  @Override
  public void accept(RunProgress progress) {
    long now = nanoTime.getAsLong();
    boolean isNew = !progress.stage().equals(stage);
    if (isNew) {
      stage = progress.stage();
      stageStart = now;
      stageDone = progress.done();
    }
    if (file != null && (isNew || now - last >= EVERY_NANOS)) {
      last = now;
      write(file, state(progress, now));
    }
  }

  private State state(RunProgress progress, long now) {
    double rate = (progress.done() - stageDone) / Math.max(1, (now - stageStart) * NANOS);
    return new State(
        ProcessHandle.current().pid(),
        progress.stage(),
        progress.done(),
        progress.of(),
        rate > 0 && progress.of() > 0
            ? Math.round(Math.max(0, progress.of() - progress.done()) / rate)
            : null);
  }

  /** A failure to write is ignored: the run continues. */
  private void write(Path target, State state) {
    Path unfinished = target.resolveSibling(FILE + ".unfinished");
    try {
      Files.write(unfinished, JSON.writeValueAsBytes(state));
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      // The next stage tries again.
      last = Long.MAX_VALUE;
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
