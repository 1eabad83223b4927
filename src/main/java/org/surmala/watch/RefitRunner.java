package org.surmala.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.surmala.config.PipelineConfig;
import org.surmala.config.UsageException;
import org.surmala.pipeline.DataFolder;
import org.surmala.runner.BeamRun;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.RefitRequest;

/**
 * Runs the refits that a watch requests, one at a time, in a separate thread. A failed refit is
 * retried after a growing pause; a refit that another process runs is left to it.
 */
final class RefitRunner implements AutoCloseable {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final WatchConfig config;
  private final List<String> beamOptions;
  private final boolean isCancelledAtExit;
  private final Consumer<String> notes;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread fit = new Thread(task, "fit");
            fit.setDaemon(true);
            return fit;
          });

  private @Nullable Future<@Nullable ModelVersion> running;
  private Duration pause = SHORTEST_PAUSE;
  private long notBefore = System.nanoTime();
  private String lastNote = "";
  private boolean isBlocked;
  private int requested;

  /**
   * @param beamOptions options of Beam and its runner, as typed
   * @param isCancelledAtExit see {@link BeamRun#fit}
   * @param notes receives one line for each wait and failure
   */
  RefitRunner(
      WatchConfig config,
      List<String> beamOptions,
      boolean isCancelledAtExit,
      Consumer<String> notes) {
    this.config = config;
    this.beamOptions = List.copyOf(beamOptions);
    this.isCancelledAtExit = isCancelledAtExit;
    this.notes = notes;
  }

  /**
   * Starts the refit that is due if none is running, and collects one that has ended. The watch
   * calls this repeatedly.
   *
   * @return the model version of a refit that has ended since the last call
   * @throws RefitFailedException if a refit has failed since the last call; a call after the pause
   *     retries it
   * @throws IOException if requests or model versions cannot be read
   */
  Optional<ModelVersion> poll() throws IOException, RefitFailedException {
    Future<@Nullable ModelVersion> fit = running;
    if (fit != null) {
      if (!fit.isDone()) {
        return Optional.empty();
      }
      running = null;
      ModelVersion made = result(fit);
      ModelVersion last = config.versions().last();
      if (made == null && (last == null || last.getNumber() < requested)) {
        notes.accept(
            "model version %s was not fitted: the collection has fewer than %s songs"
                .formatted(requested, PipelineConfig.MIN_SONGS));
      }
      return Optional.ofNullable(made);
    }
    RefitRequest request = System.nanoTime() < notBefore ? null : config.versions().request();
    if (request != null) {
      begin(request);
    }
    return Optional.empty();
  }

  /** Whether the Flink cluster has no free slots for the refit that is due. */
  boolean isBlocked() {
    return isBlocked;
  }

  /** Whether a refit is running in this process. */
  boolean isRunning() {
    return running != null;
  }

  private @Nullable ModelVersion result(Future<@Nullable ModelVersion> fit)
      throws RefitFailedException {
    try {
      ModelVersion made = fit.get();
      pause = SHORTEST_PAUSE;
      lastNote = "";
      return made;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a refit ended", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      notBefore = System.nanoTime() + pause.toNanos();
      RefitFailedException failed =
          new RefitFailedException(
              "the refit failed and runs again in %d s: %s"
                  .formatted(pause.toSeconds(), RefitFailedException.reason(cause)),
              cause);
      pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
      throw failed;
    }
  }

  private void begin(RefitRequest request) {
    String data = config.pipeline().report().data();
    isBlocked = false;
    requested = request.getNumber();
    try {
      BeamRun beam = BeamRun.fit(beamOptions, data, isCancelledAtExit);
      Optional<String> obstacle = beam.obstacle();
      isBlocked = obstacle.isPresent();
      if (isBlocked) {
        noteWait(request, obstacle.get());
        return;
      }
      DataFolder folder = DataFolder.openToFit(data);
      running = thread.submit(() -> fit(beam, folder));
    } catch (UsageException | IOException e) {
      // Another process holds the folder, or the cluster does not answer: both are temporary.
      noteWait(request, String.valueOf(e.getMessage()));
    }
  }

  private void noteWait(RefitRequest request, String reason) {
    notBefore = System.nanoTime() + SHORTEST_PAUSE.toNanos();
    String line = "the fit of model version " + request.getNumber() + " waits: " + reason;
    if (!line.equals(lastNote)) {
      notes.accept(line);
      lastNote = line;
    }
  }

  private @Nullable ModelVersion fit(BeamRun beam, DataFolder folder) throws IOException {
    try (folder) {
      // Another process may have fitted it before this one locked the folder.
      RefitRequest request = config.versions().request();
      if (request == null) {
        return null;
      }
      beam.endEarlier(folder.path());
      return new Refit(config).make(request, beam);
    }
  }

  /** Releases the thread; a running refit continues until the process ends. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
