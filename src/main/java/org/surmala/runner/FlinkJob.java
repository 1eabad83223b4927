package org.surmala.runner;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.surmala.io.LocalFolder;
import org.surmala.io.PathText;
import org.surmala.words.Noun;

/** A pipeline on Flink, from submission to end. */
record FlinkJob(FlinkPipelineOptions options) {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE_TO_END = Duration.ofSeconds(60);

  /**
   * Runs a pipeline to its end.
   *
   * @param progress receives the progress several times per second
   * @param isCancelledAtExit whether to cancel the job if this process must end first
   * @throws IllegalStateException if it does not end in state DONE
   * @throws JobSubmittedException if this process cannot wait for the end
   */
  RunCounters run(
      Pipeline pipeline, Noun noun, Consumer<RunProgress> progress, boolean isCancelledAtExit) {
    if (FlinkDefaults.isRemote(options) && !options.getAttachedMode()) {
      PipelineResult job = pipeline.run();
      return isCancelledAtExit ? followOrCancel(job, noun, progress) : follow(job, noun, progress);
    }
    if (isWebSubmission()) {
      options.setAttachedMode(false);
      pipeline.run();
      throw new JobSubmittedException(
          "the job was submitted; it writes tables, plots and map, but no run.json");
    }
    return attend(pipeline, noun, progress);
  }

  /** Starts an unbounded pipeline that this process can follow. */
  PipelineResult start(Pipeline pipeline) {
    PipelineResult started;
    try {
      started = pipeline.run();
    } catch (RuntimeException e) {
      throw failed(e);
    }
    if (isWebSubmission()) {
      throw new JobSubmittedException(
          "the job was submitted; it runs until it is cancelled in the cluster");
    }
    return started;
  }

  /** The state of such a pipeline, after a moment; an error if it failed. */
  PipelineResult.State state(PipelineResult started) {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted; the job continues", e);
    }
    PipelineResult.State state;
    try {
      state = started.getState();
    } catch (RuntimeException e) {
      // Flink inside the program ends with its job, and then cannot report the cause.
      throw FlinkDefaults.isRemote(options) ? e : failed(PipelineResult.State.FAILED);
    }
    if (state == PipelineResult.State.FAILED) {
      throw failed(state);
    }
    return state;
  }

  /**
   * Cancels a pipeline and waits until it has stopped writing. Inside the program, also waits until
   * Flink has removed its folders, so that the process can end.
   */
  void end(PipelineResult started) throws IOException {
    started.cancel();
    boolean remote = FlinkDefaults.isRemote(options);
    long end = System.nanoTime() + PATIENCE_TO_END.toNanos();
    while (remote ? !started.getState().isTerminal() : isThere(started)) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "the job has not ended "
                + PATIENCE_TO_END.toSeconds()
                + " s after it was cancelled; see the log of its TaskManager");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** Whether Flink still answers: inside the program it ends with its job. */
  private static boolean isThere(PipelineResult started) {
    try {
      return started.getState() != null;
    } catch (RuntimeException ended) {
      return false;
    }
  }

  /** The reason why a job cannot start: the cluster has no free slot. Empty if it can. */
  Optional<String> obstacle() throws IOException {
    return FlinkDefaults.isRemote(options)
            && new FlinkRest(options.getFlinkMaster()).overview().freeSlots() < 1
        ? Optional.of(
            "the cluster at "
                + options.getFlinkMaster()
                + " has no free task slot; run surmala flink add")
        : Optional.empty();
  }

  /** Reports restarts of such a pipeline in its cluster; there are none inside the program. */
  RestartsFollower restarts() {
    if (!FlinkDefaults.isRemote(options)) {
      return RestartsFollower.ofNone();
    }
    FlinkRest rest = new FlinkRest(options.getFlinkMaster());
    return new RestartsFollower(() -> rest.failures(options.getJobName()), Clock.systemUTC());
  }

  /**
   * Cancels a leftover job of this name in the cluster and waits until it has ended. Inside the
   * program, removes the checkpoints of a killed process.
   */
  void endEarlier(String data) throws IOException {
    if (FlinkDefaults.isRemote(options)) {
      FlinkRest rest = new FlinkRest(options.getFlinkMaster());
      for (FlinkRest.Job job : rest.jobs()) {
        if (job.name().equals(options.getJobName()) && !job.hasEnded()) {
          rest.cancel(job.id());
        }
      }
    } else if (FlinkDefaults.keepsCheckpointsIn(options, data)
        && options.getSavepointPath() == null) {
      LocalFolder.delete(PathText.toPath(options.getStateBackendStoragePath()));
    }
  }

  /**
   * Runs inside the program: the runner returns at the end, and metrics of this process show the
   * progress.
   */
  private static RunCounters attend(Pipeline pipeline, Noun noun, Consumer<RunProgress> progress) {
    ScheduledExecutorService teller =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    try {
      var telling =
          teller.scheduleWithFixedDelay(
              () -> progress.accept(RunCounters.none().progress(noun)),
              POLL.toMillis(),
              POLL.toMillis(),
              TimeUnit.MILLISECONDS);
      PipelineResult result = pipeline.run();
      telling.cancel(false);
      return new RunCounters(result);
    } catch (RuntimeException e) {
      throw failed(e);
    } finally {
      teller.shutdownNow();
    }
  }

  private static IllegalStateException failed(RuntimeException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new IllegalStateException("the job failed on Flink: " + root, e);
  }

  /** Follows a job in the cluster, or cancels it if this process must end first. */
  private RunCounters followOrCancel(
      PipelineResult job, Noun noun, Consumer<RunProgress> progress) {
    Thread cancel = new Thread(() -> cancel(job));
    Runtime.getRuntime().addShutdownHook(cancel);
    try {
      return follow(job, noun, progress);
    } finally {
      forget(cancel);
    }
  }

  private RunCounters follow(PipelineResult job, Noun noun, Consumer<RunProgress> progress) {
    FlinkRest cluster = new FlinkRest(options.getFlinkMaster());
    PipelineResult.State state = job.getState();
    while (!state.isTerminal()) {
      progress.accept(
          withSlots(
              new RunCounters(job).progress(noun), cluster, Math.max(1, options.getParallelism())));
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        try {
          // An interrupted thread cannot wait for answers.
          cancel(job);
        } finally {
          Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("interrupted; the job was cancelled", e);
      }
      state = job.getState();
    }
    if (state != PipelineResult.State.DONE) {
      throw failed(state);
    }
    return new RunCounters(job);
  }

  /** The progress, with a note if the cluster has fewer slots than the job needs. */
  static RunProgress withSlots(RunProgress progress, FlinkRest cluster, int wanted) {
    int slots;
    try {
      slots = cluster.overview().slots();
    } catch (IOException silent) {
      return progress;
    }
    return slots >= wanted
        ? progress
        : new RunProgress(
            progress.stage(),
            progress.done(),
            progress.of(),
            progress.unit(),
            progress.failed(),
            "waiting for a worker: %s of %s task slots; run surmala flink add"
                .formatted(slots, wanted));
  }

  private static void forget(Thread cancel) {
    try {
      Runtime.getRuntime().removeShutdownHook(cancel);
    } catch (IllegalStateException shuttingDown) {
      // The shutdown hook is running: it has ended the job.
      return;
    }
  }

  private void cancel(PipelineResult job) {
    try {
      end(job);
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "the job continues in the cluster, because it can't be cancelled; surmala flink status"
              + " lists it: "
              + e.getMessage(),
          e);
    }
  }

  private IllegalStateException failed(PipelineResult.State state) {
    if (!FlinkDefaults.isRemote(options)) {
      return new IllegalStateException(
          "the job ended on Flink with state " + state + "; -v shows its log");
    }
    Optional<FlinkRest.JobFailure> failure;
    try {
      failure =
          new FlinkRest(options.getFlinkMaster())
              .failures(options.getJobName()).stream().findFirst();
    } catch (IOException e) {
      return new IllegalStateException("the job ended on Flink with state " + state, e);
    }
    return failure
        .map(
            last ->
                new IllegalStateException(
                    "the job ended on Flink with state " + state + ": " + last.rootCause(),
                    new IllegalStateException(last.trace())))
        .orElseGet(() -> new IllegalStateException("the job ended on Flink with state " + state));
  }

  /** Whether a JobManager runs this program only to extract the job (web submission). */
  private boolean isWebSubmission() {
    return options.getFlinkMaster().equals("[auto]")
        && !StreamExecutionEnvironment.areExplicitEnvironmentsAllowed()
        && !StreamExecutionEnvironment.getExecutionEnvironment()
            .getConfiguration()
            .get(DeploymentOptions.ATTACHED);
  }
}
