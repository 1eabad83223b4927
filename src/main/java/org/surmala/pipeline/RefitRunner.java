package org.surmala.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Edition;
import org.surmala.schema.RefitRequest;

/**
 * Runs the fits that a watch requests, one at a time, in a thread of its own. One that fails is run
 * again after a pause that grows; one that another process runs is left to it.
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

  private @Nullable Future<@Nullable Edition> running;
  private Duration pause = SHORTEST_PAUSE;
  private long notBefore = System.nanoTime();
  private String lastNote = "";
  private boolean isBlocked;

  /**
   * @param beamOptions as they were typed
   * @param isCancelledAtExit see {@link BeamRun#fit}
   * @param notes is told in one line what a fit waits for, and why one failed
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
   * Begins the fit that is due where none is running, and takes note of one that has ended. Called
   * again and again.
   *
   * @return the model version of a fit that has ended since the last call
   * @throws RefitFailedException when one has failed since the last call; the next call after a
   *     pause runs it again
   * @throws IOException when the requests cannot be read
   */
  Optional<Edition> poll() throws IOException, RefitFailedException {
    Future<@Nullable Edition> fit = running;
    if (fit != null) {
      if (!fit.isDone()) {
        return Optional.empty();
      }
      running = null;
      return Optional.ofNullable(result(fit));
    }
    RefitRequest request = System.nanoTime() < notBefore ? null : config.editions().request();
    if (request != null) {
      begin(request);
    }
    return Optional.empty();
  }

  /** Whether the cluster had no room for the fit that is due. */
  boolean isBlocked() {
    return isBlocked;
  }

  /** Whether a fit is running here. */
  boolean isRunning() {
    return running != null;
  }

  private @Nullable Edition result(Future<@Nullable Edition> fit) throws RefitFailedException {
    try {
      Edition made = fit.get();
      pause = SHORTEST_PAUSE;
      lastNote = "";
      return made;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a fit ended", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      notBefore = System.nanoTime() + pause.toNanos();
      RefitFailedException failed =
          new RefitFailedException(
              "the fit of the next model failed and is run again in %d s: %s"
                  .formatted(pause.toSeconds(), cause.getMessage()),
              cause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
      throw failed;
    }
  }

  private void begin(RefitRequest request) throws IOException {
    String data = config.pipeline().report().data();
    isBlocked = false;
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
    } catch (UsageException e) {
      noteWait(request, String.valueOf(e.getMessage()));
    }
  }

  private void noteWait(RefitRequest request, String reason) {
    String line = "the fit of model version " + request.getNumber() + " waits: " + reason;
    if (!line.equals(lastNote)) {
      notes.accept(line);
      lastNote = line;
    }
  }

  private @Nullable Edition fit(BeamRun beam, DataFolder folder) throws IOException {
    try (folder) {
      // Another process may have made it before the folder was taken.
      RefitRequest request = config.editions().request();
      if (request == null) {
        return null;
      }
      beam.endEarlier(folder.path());
      return new Refit(config).make(request, beam);
    }
  }

  /** Lets go of the thread; a fit that is running goes on as long as the process. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
