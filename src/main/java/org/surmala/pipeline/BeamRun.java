package org.surmala.pipeline;

import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.joda.time.Duration;
import org.surmala.shard.Shards;

/** Runs a pipeline to its end, telling how far it is. */
final class BeamRun {
  private static final Duration POLL = Duration.millis(250);

  /** Enough that workers end at about the same time; few enough that bundles cost little. */
  private static final int BUNDLES_A_WORKER = 8;

  private static final int CLUSTER_SHARDS = 4_096;

  private final PipelineOptions options;

  private BeamRun(PipelineOptions options) {
    this.options = options;
  }

  /**
   * Prepares to run under options as they were typed.
   *
   * @throws UsageException when Beam or its runner refuses one
   */
  static BeamRun under(List<String> typed) {
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
    return new BeamRun(options);
  }

  /** Simple name of the runner. */
  String runner() {
    return options.getRunner().getSimpleName();
  }

  /** What songs are dealt into under this runner. */
  Shards shards() {
    return new Shards(
        options.getRunner().equals(DirectRunner.class)
            ? BUNDLES_A_WORKER * options.as(DirectOptions.class).getTargetParallelism()
            : CLUSTER_SHARDS);
  }

  /** An empty pipeline under these options. */
  Pipeline pipeline() {
    return Pipeline.create(options);
  }

  /** Starts the pipeline. */
  PipelineResult start(Pipeline pipeline) {
    ListeningProgress.begin();
    return pipeline.run();
  }

  /**
   * Runs the pipeline to its end.
   *
   * @param progress is told several times a second where the run is
   * @throws IllegalStateException when it ends otherwise than done
   * @throws JobSubmittedException when it goes on in a cluster, where this process can't follow it
   */
  RunCounters run(Pipeline pipeline, Consumer<RunProgress> progress) {
    return options.getRunner().equals(FlinkRunner.class)
        ? new FlinkJob(options.as(FlinkPipelineOptions.class)).run(pipeline, progress)
        : runDirectly(pipeline, progress);
  }

  private RunCounters runDirectly(Pipeline pipeline, Consumer<RunProgress> progress) {
    PipelineResult result = start(pipeline);
    PipelineResult.State state = null;
    while (state == null || !state.isTerminal()) {
      state = result.waitUntilFinish(POLL);
      progress.accept(new RunCounters(result).progress());
    }
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the pipeline ended as " + state + "; -v shows its log");
    }
    return new RunCounters(result);
  }
}
