package org.surmala.pipeline;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.surmala.cluster.ClusterOptions;
import org.surmala.config.Keys;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.config.UsageException;
import org.surmala.decode.DecodingProgress;
import org.surmala.io.ProgramFile;
import org.surmala.io.RemoteFiles;
import org.surmala.report.Redraw;
import org.surmala.runner.BeamRun;
import org.surmala.runner.RunCounters;
import org.surmala.runner.RunProgress;
import org.surmala.train.Train;

/** One run over a collection, from its request to its manifest. */
public final class SongRun {
  private static final double NANOS = 1e-9;

  private final RunRequest request;
  private final Consumer<RunProgress> progress;

  /**
   * @param progress receives the progress several times per second
   */
  public SongRun(RunRequest request, Consumer<RunProgress> progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * Executes the run.
   *
   * @throws UsageException if the request is invalid, before anything is written, or if there are
   *     too few songs to cluster
   * @throws IOException if results cannot be read back or the manifest cannot be written
   * @throws IllegalStateException if a file that was found is not accounted for
   */
  public RunOutcome execute() throws IOException {
    Instant started = Instant.now();
    long start = System.nanoTime();
    BeamRun beam = BeamRun.under(request.beamOptions());
    request.source().require();
    OutputFolder.require(OutputFolder.RESULTS, request.results());
    try (DataFolder data = DataFolder.open(request.data())) {
      PipelineConfig config = PipelineConfig.of(request, data.path(), beam.shards());
      Optional<RunStamp> stamp = RunStamp.before(ProgramFile.build(), request, config);
      if (stamp.isPresent() && stamp.get().isCurrent()) {
        return unchanged(config);
      }
      config = sized(config, data.path(), beam, stamp.map(RunStamp::songs).orElse(0L));
      // Left by killed processes; no other process may write here now.
      StaleFiles.clearData(config);
      StaleFiles.clearResults(config.results());
      if (!RemoteFiles.isRemote(config.results())) {
        StaleFiles.clearWatch(config.results());
      }
      Train.clear(config.train());
      Pipeline pipeline = beam.pipeline();
      SongPipeline.build(pipeline, CollectFeatures.to(config), config);
      RunCounters counters = beam.run(pipeline, request.source().noun(), progress);
      Train.clear(config.train());
      StaleFiles.clearModels(config);
      config.store().compact();
      RunFigures files = RunFigures.read(config.results());
      List<String> notes = new ArrayList<>(notes(config, files.coverage().clustered()));
      notes.addAll(StaleFiles.damage(config));
      double seconds = (System.nanoTime() - start) * NANOS;
      RunOutcome outcome =
          new RunOutcome(
              request.source().noun(),
              files.coverage(),
              counters.get("decoded"),
              counters.get("recalled"),
              files.summary(),
              counters.stageSeconds(),
              seconds,
              DecodingProgress.secondsToFirst(),
              files.coverage().failedShare() > config.maxFailedShare(),
              notes,
              config.results(),
              data.path(),
              false);
      RunManifest.write(config, RunManifest.Request.of(request, beam.runner()), outcome, started);
      // The page and the report show the manifest, which is complete only now.
      Redraw.page(config.results(), data.path());
      requireBalance(files.coverage());
      if (stamp.isPresent()) {
        stamp.get().write();
      }
      return outcome;
    }
  }

  /** The outcome of the last run, whose results this run would write again. */
  private RunOutcome unchanged(PipelineConfig config) throws IOException {
    RunFigures files = RunFigures.read(config.results());
    return new RunOutcome(
        request.source().noun(),
        files.coverage(),
        0,
        files.coverage().clustered(),
        files.summary(),
        Map.of(),
        0,
        OptionalDouble.empty(),
        files.coverage().failedShare() > config.maxFailedShare(),
        List.of(),
        config.results(),
        config.report().data(),
        true);
  }

  /** The configuration for a number of listed songs; 0 where they could not be counted. */
  private PipelineConfig sized(PipelineConfig config, String data, BeamRun beam, long songs) {
    int blocks = ClusterOptions.blocksFor(songs);
    if (config.cluster().blocks() > 0 || blocks == 0) {
      return config;
    }
    request.settings().set(Keys.BLOCKS.key(), Integer.toString(blocks));
    return PipelineConfig.of(request, data, beam.shards());
  }

  /** Notes on damaged files, and on options that the number of songs limits. */
  private static List<String> notes(PipelineConfig config, long songs) {
    List<String> notes = new ArrayList<>(config.notes());
    if (songs > 0 && config.cluster().kMax() >= songs) {
      notes.add(
          "%s ends at %s, but there are %s %s: k was limited to %s"
              .formatted(
                  Keys.K.key(),
                  config.cluster().kMax(),
                  songs,
                  config.report().noun().plural(),
                  songs - 1));
    }
    if (ClusterOptions.blocksFor(songs) > 0 && config.cluster().blocks() == 0) {
      notes.add(
          ("one worker kept all %s %s to cluster them; %s=%s spreads clustering and"
                  + " scores over the workers")
              .formatted(
                  songs,
                  config.report().noun().plural(),
                  Keys.BLOCKS.key(),
                  ClusterOptions.blocksFor(songs)));
    }
    return notes;
  }

  private void requireBalance(Coverage coverage) {
    if (coverage.found() == coverage.skipped()) {
      throw new UsageException(
          request.source().described()
              + " has no songs ("
              + coverage.skipped()
              + " files of other kinds); their names must end in one of "
              + request.settings().get(Keys.EXTENSIONS));
    }
    long extracted = coverage.unaccounted();
    if (coverage.clustered() == 0 && extracted > 0 && extracted < PipelineConfig.MIN_SONGS) {
      throw new UsageException(
          "%s could be read, too few to cluster; give at least %s (%s)"
              .formatted(
                  request.source().noun().count(extracted), PipelineConfig.MIN_SONGS, coverage));
    }
    if (!coverage.balances()) {
      throw new IllegalStateException("files are unaccounted for: " + coverage);
    }
  }
}
