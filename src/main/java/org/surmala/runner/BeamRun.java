package org.surmala.runner;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

/** Runs a pipeline to its end, telling how far it is. */
public final class BeamRun {
  private static final Duration POLL = Duration.millis(250);

  /** Enough that workers end at about the same time; few enough that bundles cost little. */
  private static final int BUNDLES_A_WORKER = 8;

  private static final int CLUSTER_SHARDS = 4_096;

  /** Options of a job that never ends, and of it alone. */
  private static final List<String> WATCH_ONLY =
      List.of("--savepointPath", "--allowNonRestoredState", "--jobName", "--parallelism");

  private final PipelineOptions options;
  private final boolean isCancelledAtExit;

  private BeamRun(PipelineOptions options, boolean isCancelledAtExit) {
    this.options = options;
    this.isCancelledAtExit = isCancelledAtExit;
  }

  /**
   * Prepares to run under options as they were typed.
   *
   * @throws UsageException when Beam or its runner refuses one
   */
  public static BeamRun under(List<String> typed) {
    announce(typed);
    PipelineOptions options;
    try {
      options =
          PipelineOptionsFactory.fromArgs(typed.toArray(new String[0])).withValidation().create();
    } catch (IllegalArgumentException e) {
      throw new UsageException("options after --: " + e.getMessage(), e);
    }
    if (options.getRunner().equals(DirectRunner.class)) {
      DirectOptions direct = options.as(DirectOptions.class);
      // Both copy or encode every element; tests leave them on.
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
    FileSystems.setDefaultPipelineOptions(options);
    return new BeamRun(options, true);
  }

  /**
   * Adds threads for readers that wait for messages: each holds a thread of the Direct Runner while
   * it waits, and without others no other step would be run.
   */
  public void addReaders(int readers) {
    if (options.getRunner().equals(DirectRunner.class)) {
      DirectOptions direct = options.as(DirectOptions.class);
      direct.setTargetParallelism(direct.getTargetParallelism() + readers);
    }
  }

  /**
   * Names to Beam what may be typed. It checks each class of options against all others, which
   * takes longer than parsing: a run for which nobody typed one names none.
   *
   * @throws UsageException when an option is Flink's and another runner is to run
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
   * Prepares to run a pipeline that never ends by itself.
   *
   * @param data the data folder, by which a job in a cluster is known
   * @throws UsageException when Beam or its runner refuses an option
   */
  public static BeamRun endless(List<String> typed, String data) {
    BeamRun run = under(typed);
    if (run.isOnFlink()) {
      FlinkDefaults.fillEndless(run.options.as(FlinkPipelineOptions.class), typed, data);
    }
    return run;
  }

  /**
   * Prepares to fit a watched collection, on the runner that the watch is on: a second job in the
   * cluster.
   *
   * @param typed options as they were typed for the watch
   * @param data the data folder, by which a job in a cluster is known
   * @param isCancelledAtExit whether the job is cancelled when this process is asked to end first;
   *     a watch waits for its fits
   * @throws UsageException when Beam or its runner refuses an option
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
   * What a fit has to wait for before it can begin, in one sentence; empty when it can begin.
   *
   * @throws IOException when the cluster does not answer
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

  /** The shards of songs under this runner. */
  public Shards shards() {
    return new Shards(
        options.getRunner().equals(DirectRunner.class)
            ? BUNDLES_A_WORKER * options.as(DirectOptions.class).getTargetParallelism()
            : CLUSTER_SHARDS);
  }

  /** An empty pipeline under these options. */
  public Pipeline pipeline() {
    return Pipeline.create(options);
  }

  /** Starts the pipeline. */
  private static PipelineResult start(Pipeline pipeline) {
    DecodingProgress.begin();
    return pipeline.run();
  }

  /**
   * Starts a pipeline that never ends by itself.
   *
   * @throws JobSubmittedException when this process can't follow it
   */
  public PipelineResult startEndless(Pipeline pipeline) {
    return isOnFlink() ? flink().start(pipeline) : start(pipeline);
  }

  /** Ends and clears away what an earlier process left that was killed. */
  public void endEarlier(String data) throws IOException {
    if (isOnFlink()) {
      flink().endEarlier(data);
    }
  }

  /**
   * How a pipeline is that {@link #startEndless} began, after some milliseconds.
   *
   * @throws IllegalStateException when it failed
   */
  public PipelineResult.State state(PipelineResult started) {
    if (isOnFlink()) {
      return flink().state(started);
    }
    PipelineResult.State state = started.waitUntilFinish(POLL);
    return state == null ? PipelineResult.State.RUNNING : state;
  }

  /** Tells why such a pipeline was started again by who runs it. */
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

  /** Whether somebody else can end such a pipeline in good order. */
  public boolean canBeStopped() {
    return isOnFlink();
  }

  private FlinkJob flink() {
    return new FlinkJob(options.as(FlinkPipelineOptions.class));
  }

  /**
   * Runs the pipeline to its end.
   *
   * @param noun what its songs or rows are called
   * @param progress is told several times a second where the run is
   * @throws IllegalStateException when it ends otherwise than done
   * @throws JobSubmittedException when it goes on in a cluster, where this process can't follow it
   */
  public RunCounters run(Pipeline pipeline, Noun noun, Consumer<RunProgress> progress) {
    return isOnFlink()
        ? flink().run(pipeline, noun, progress, isCancelledAtExit)
        : runDirectly(pipeline, noun, progress);
  }

  private RunCounters runDirectly(Pipeline pipeline, Noun noun, Consumer<RunProgress> progress) {
    PipelineResult result = start(pipeline);
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
