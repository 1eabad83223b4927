package org.surmala.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.surmala.cluster.ClusterOptions;
import org.surmala.config.Keys;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;
import org.surmala.io.LocalFolder;
import org.surmala.pipeline.DataFolder;
import org.surmala.pipeline.SongPipeline;
import org.surmala.runner.BeamRun;
import org.surmala.runner.RunCounters;
import org.surmala.runner.RunProgress;
import org.surmala.words.Noun;

/**
 * Measures the stages from features to results on this machine, with synthetic songs: the real
 * pipeline, into a temporary folder.
 */
public final class TrainingBench {
  private static final double NANOS = 1e-9;
  private static final double MEGABYTE = 1 << 20;

  private final long songs;
  private final Settings settings;
  private final List<String> beamOptions;
  private final Consumer<RunProgress> progress;

  /**
   * @param songs number of songs, 100 or more
   * @param progress receives the progress several times per second
   */
  public TrainingBench(
      long songs, Settings settings, List<String> beamOptions, Consumer<RunProgress> progress) {
    this.songs = songs;
    this.settings = settings;
    this.beamOptions = List.copyOf(beamOptions);
    this.progress = progress;
  }

  /**
   * The measurement.
   *
   * @param seconds duration of the pipeline
   * @param stageSeconds work per stage, summed over workers
   * @param seen consumption by the stage of the progress line
   */
  public record Outcome(
      int dimensions,
      double seconds,
      Map<String, Double> stageSeconds,
      Map<String, Consumption> seen) {}

  /**
   * Consumption of this process, without that of a cluster.
   *
   * @param processorSeconds processor time of all threads, including compiler and garbage
   *     collector; hardly affected by other programs
   * @param peakMegabytes peak heap usage, including garbage
   */
  public record Consumption(double processorSeconds, double peakMegabytes) {
    private Consumption and(Consumption other) {
      return new Consumption(
          processorSeconds + other.processorSeconds, Math.max(peakMegabytes, other.peakMegabytes));
    }
  }

  /**
   * Runs the benchmark.
   *
   * @throws UsageException if there are too few songs
   * @throws IOException if the temporary folder cannot be used
   */
  public Outcome execute() throws IOException {
    if (songs < 100) {
      throw new UsageException("--features is " + songs + "; give 100 songs or more");
    }
    BeamRun beam = BeamRun.under(beamOptions);
    int blocks = ClusterOptions.blocksFor(songs);
    if (blocks > 0 && settings.get(Keys.BLOCKS) == 0) {
      settings.set(Keys.BLOCKS.key(), Integer.toString(blocks));
    }
    Path folder = Files.createTempDirectory("surmala-bench");
    try (DataFolder data = DataFolder.open(folder.toString())) {
      PipelineConfig config =
          PipelineConfig.of(
              new RunRequest(
                  new SongSource.Sound(folder.toString()),
                  folder.toString(),
                  data.path(),
                  settings,
                  beamOptions),
              data.path(),
              beam.shards());
      Pipeline pipeline = beam.pipeline();
      SongPipeline.build(pipeline, SyntheticFeatures.of(songs, config), config);
      Map<String, Consumption> seen = new LinkedHashMap<>();
      long start = System.nanoTime();
      double[] consumed = {processorSeconds()};
      RunCounters counters =
          beam.run(
              pipeline,
              Noun.SONG,
              where -> {
                double now = processorSeconds();
                seen.merge(
                    where.stage(),
                    new Consumption(now - consumed[0], heapMegabytes()),
                    Consumption::and);
                consumed[0] = now;
                progress.accept(where);
              });
      double seconds = (System.nanoTime() - start) * NANOS;
      return new Outcome(config.dimensionNames().size(), seconds, counters.stageSeconds(), seen);
    } finally {
      LocalFolder.delete(folder);
    }
  }

  private static double processorSeconds() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime() * NANOS
        : 0;
  }

  private static double heapMegabytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
  }
}
