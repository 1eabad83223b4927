package org.surmala.runner;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.DefaultPipelineOptionsRegistrar;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.joda.time.Duration;
import org.surmala.config.UsageException;
import org.surmala.decode.DecodingProgress;
import org.surmala.io.Shards;
import org.surmala.words.Noun;

/** Runs a pipeline and reports its progress. */
public final class BeamRun {
  private static final Duration POLL = Duration.millis(250);

  /** Bundles per worker: enough to balance the workers, few enough to keep the overhead low. */
  private static final int BUNDLES_A_WORKER = 8;

  private static final int CLUSTER_SHARDS = 4_096;

  /** Options that apply only to unbounded jobs. */
  private static final List<String> WATCH_ONLY =
      List.of("--savepointPath", "--allowNonRestoredState", "--jobName", "--parallelism");

  private final PipelineOptions options;
  private final boolean isCancelledAtExit;

  private BeamRun(PipelineOptions options, boolean isCancelledAtExit) {
    this.options = options;
    this.isCancelledAtExit = isCancelledAtExit;
  }

  /**
   * Prepares a run with options as typed.
   *
   * @throws UsageException if Beam or its runner refuses one
   */
  public static BeamRun under(List<String> typed) {
    announce(typed);
    PipelineOptions options = parsed(typed);
    if (options.getRunner().equals(DirectRunner.class)) {
      DirectOptions direct = options.as(DirectOptions.class);
      // Both checks copy or encode every element; tests keep them on.
      direct.setEnforceImmutability(false);
      direct.setEnforceEncodability(false);
      direct.setBlockOnRun(false);
      if (typed.stream().noneMatch(option -> option.startsWith("--targetParallelism"))) {
        direct.setTargetParallelism(Runtime.getRuntime().availableProcessors());
      }
    }
    if (options.getRunner().equals(FlinkRunner.class)) {
      FlinkDefaults.fill(options.as(FlinkPipelineOptions.class), typed);
    }
    ServiceLoader.load(FileSystemDefaults.class).forEach(defaults -> defaults.fill(options, typed));
    FileSystems.setDefaultPipelineOptions(options);
    return new BeamRun(options, true);
  }

  private static PipelineOptions parsed(List<String> typed) {
    try {
      return PipelineOptionsFactory.fromArgs(typed.toArray(new String[0]))
          .withValidation()
          .create();
    } catch (IllegalArgumentException e) {
      throw new UsageException("options after --: " + e.getMessage(), e);
    }
  }

  /**
   * Adds threads for readers that wait for messages: each blocks a thread of the Direct Runner, and
   * without further threads no other step would run.
   */
  public void addReaders(int readers) {
    if (options.getRunner().equals(DirectRunner.class)) {
      DirectOptions direct = options.as(DirectOptions.class);
      direct.setTargetParallelism(direct.getTargetParallelism() + readers);
    }
  }

  /**
   * Registers option classes with Beam, which checks each against all others. That takes longer
   * than parsing, so without typed options no class is registered.
   */
  private static void announce(List<String> typed) {
    if (!typed.isEmpty()) {
      new DefaultPipelineOptionsRegistrar()
          .getPipelineOptions()
          .forEach(PipelineOptionsFactory::register);
      PipelineOptionsFactory.register(DirectOptions.class);
    }
    if (typed.stream().anyMatch(BeamRun::namesFlink)) {
      PipelineOptionsFactory.register(FlinkPipelineOptions.class);
    } else {
      for (String option : typed) {
        if (option.toLowerCase(Locale.ROOT).startsWith("--flink")) {
          throw new UsageException(
              "options after --: %s is for Flink only; add --runner=FlinkRunner".formatted(option));
        }
      }
    }
  }

  private static boolean namesFlink(String option) {
    String name = option.toLowerCase(Locale.ROOT);
    return name.startsWith("--runner=") && name.contains("flink");
  }

  /**
   * Prepares the run of an unbounded pipeline.
   *
   * @param data the data folder, which identifies the job in a cluster
   * @throws UsageException if Beam or its runner refuses an option
   */
  public static BeamRun endless(List<String> typed, String data) {
    BeamRun run = under(typed);
    if (run.isOnFlink()) {
      FlinkDefaults.fillEndless(run.options.as(FlinkPipelineOptions.class), typed, data);
    }
    return run;
  }

  /**
   * Prepares a refit of a watched collection, on the runner of the watch: a second job in the
   * cluster.
   *
   * @param data the data folder, which identifies the job in a cluster
   * @param isCancelledAtExit whether to cancel the job if this process must end first; a watch
   *     waits for its refits
   * @throws UsageException if Beam or its runner refuses an option
   */
  public static BeamRun fit(List<String> typed, String data, boolean isCancelledAtExit) {
    List<String> kept =
        typed.stream().filter(option -> WATCH_ONLY.stream().noneMatch(option::startsWith)).toList();
    BeamRun run = under(kept);
    if (run.isOnFlink()) {
      FlinkDefaults.fillFit(run.options.as(FlinkPipelineOptions.class), data);
    }
    return new BeamRun(run.options, isCancelledAtExit);
  }

  /**
   * The reason why a refit cannot start yet, in one sentence; empty if it can.
   *
   * @throws IOException if the cluster does not answer
   */
  public Optional<String> obstacle() throws IOException {
    return isOnFlink() ? flink().obstacle() : Optional.empty();
  }

  private boolean isOnFlink() {
    return options.getRunner().equals(FlinkRunner.class);
  }

  /** Simple name of the runner. */
  public String runner() {
    return options.getRunner().getSimpleName();
  }

  /** The number of shards of songs with this runner. */
  public Shards shards() {
    return new Shards(
        options.getRunner().equals(DirectRunner.class)
            ? BUNDLES_A_WORKER * options.as(DirectOptions.class).getTargetParallelism()
            : CLUSTER_SHARDS);
  }

  /** An empty pipeline with these options. */
  public Pipeline pipeline() {
    return Pipeline.create(options);
  }

  /** Starts the pipeline on a runner in this process. */
  private PipelineResult start(Pipeline pipeline, int working) {
    DecodingProgress.begin();
    PipelineResult result = pipeline.run();
    if (options.getRunner().equals(DirectRunner.class)) {
      int threads = options.as(DirectOptions.class).getTargetParallelism();
      DriverPause.add(result, threads - working);
    }
    return result;
  }

  /**
   * Starts an unbounded pipeline.
   *
   * @throws JobSubmittedException if this process cannot follow it
   */
  public PipelineResult startEndless(Pipeline pipeline) {
    return isOnFlink() ? flink().start(pipeline) : start(pipeline, 0);
  }

  /** Cancels the job of a killed process and removes its leftovers. */
  public void endEarlier(String data) throws IOException {
    if (isOnFlink()) {
      flink().endEarlier(data);
    }
  }

  /**
   * The state of a pipeline started by {@link #startEndless}, after some milliseconds.
   *
   * @throws IllegalStateException if it failed
   */
  public PipelineResult.State state(PipelineResult started) {
    if (isOnFlink()) {
      return flink().state(started);
    }
    PipelineResult.State state = started.waitUntilFinish(POLL);
    return state == null ? PipelineResult.State.RUNNING : state;
  }

  /** Reports the causes of restarts of such a pipeline. */
  public RestartsFollower restarts() {
    return isOnFlink() ? flink().restarts() : RestartsFollower.ofNone();
  }

  /** Cancels such a pipeline. */
  public void end(PipelineResult started) throws IOException {
    if (isOnFlink()) {
      flink().end(started);
    } else {
      started.cancel();
    }
  }

  /** Whether such a pipeline can be stopped from outside, with a savepoint. */
  public boolean canBeStopped() {
    return isOnFlink();
  }

  private FlinkJob flink() {
    return new FlinkJob(options.as(FlinkPipelineOptions.class));
  }

  /**
   * Runs a pipeline to its end.
   *
   * @param progress receives the progress several times per second
   * @throws IllegalStateException if it does not end in state DONE
   * @throws JobSubmittedException if the job runs on a cluster where this process cannot follow it
   */
  public RunCounters run(Pipeline pipeline, Noun noun, Consumer<RunProgress> progress) {
    return isOnFlink()
        ? flink().run(pipeline, noun, progress, isCancelledAtExit)
        : runDirectly(pipeline, noun, progress);
  }

  private RunCounters runDirectly(Pipeline pipeline, Noun noun, Consumer<RunProgress> progress) {
    // One thread goes from step to step without delay until the first song is decoded.
    PipelineResult result = start(pipeline, 1);
    PipelineResult.State state = null;
    while (state == null || !state.isTerminal()) {
      state = result.waitUntilFinish(POLL);
      progress.accept(new RunCounters(result).progress(noun));
    }
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException(
          "the pipeline ended with state " + state + "; -v shows its log");
    }
    return new RunCounters(result);
  }
}
