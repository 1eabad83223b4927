package org.surmala.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.io.LocalFolder;
import org.surmala.pipeline.CollectFeatures;
import org.surmala.pipeline.DataFolder;
import org.surmala.read.Catalog;
import org.surmala.runner.BeamRun;
import org.surmala.runner.RunCounters;
import org.surmala.runner.RunProgress;
import org.surmala.words.Noun;

/**
 * Measures extraction, from files to the feature store, on this machine: the real pipeline, into a
 * temporary folder.
 */
public final class ExtractionBench {
  private static final double NANOS = 1e-9;

  private final SongSource.Sound songs;
  private final Settings settings;
  private final List<String> beamOptions;
  private final Consumer<RunProgress> progress;

  /**
   * @param progress receives the progress several times per second
   */
  public ExtractionBench(
      SongSource.Sound songs,
      Settings settings,
      List<String> beamOptions,
      Consumer<RunProgress> progress) {
    this.songs = songs;
    this.settings = settings;
    this.beamOptions = List.copyOf(beamOptions);
    this.progress = progress;
  }

  /**
   * The measurement.
   *
   * @param songs decoded songs, including failed ones
   * @param seconds duration of the pipeline
   * @param stageSeconds work per stage, summed over workers
   * @param paths one path of each song, absolute or a URI
   */
  public record Outcome(
      long songs,
      long failed,
      double seconds,
      Map<String, Double> stageSeconds,
      List<String> paths) {}

  /**
   * Runs the benchmark.
   *
   * @throws UsageException if the songs do not exist
   * @throws IOException if the temporary folder cannot be used
   */
  public Outcome execute() throws IOException {
    BeamRun beam = BeamRun.under(beamOptions);
    songs.require();
    Path folder = Files.createTempDirectory("surmala-bench");
    try (DataFolder data = DataFolder.open(folder.toString())) {
      PipelineConfig config =
          PipelineConfig.of(
              new RunRequest(songs, folder.toString(), data.path(), settings, beamOptions),
              data.path(),
              beam.shards());
      Pipeline pipeline = beam.pipeline();
      pipeline.apply("CollectFeatures", CollectFeatures.to(config));
      long start = System.nanoTime();
      RunCounters counters = beam.run(pipeline, Noun.SONG, progress);
      double seconds = (System.nanoTime() - start) * NANOS;
      return new Outcome(
          counters.get("decoded"),
          counters.get("failed"),
          seconds,
          counters.stageSeconds(),
          Catalog.read(config.read().catalog()).songs());
    } finally {
      LocalFolder.delete(folder);
    }
  }
}
