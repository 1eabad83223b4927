package org.surmala.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.surmala.config.PipelineConfig;
import org.surmala.config.RunRequest;
import org.surmala.config.UsageException;
import org.surmala.io.PathText;
import org.surmala.read.Read;
import org.surmala.runner.BeamRun;
import org.surmala.runner.RunCounters;
import org.surmala.runner.RunProgress;
import org.surmala.store.ExportFeatures;
import org.surmala.store.FeatureFile;
import org.surmala.words.Noun;

/** Writes the features of a collection as one table. */
public final class FeatureExport {
  private final RunRequest request;
  private final Path file;
  private final Consumer<RunProgress> progress;

  /**
   * @param request the run; its results folder is not used
   * @param file the table to write; its extension determines the format
   * @param progress receives the progress several times per second
   */
  public FeatureExport(RunRequest request, Path file, Consumer<RunProgress> progress) {
    this.request = request;
    this.file = file.toAbsolutePath().normalize();
    this.progress = progress;
  }

  /**
   * The exported table.
   *
   * @param songs number of rows
   * @param failed number of songs without features
   * @param decoded number of songs that were not in the store
   * @param dimensions columns of features
   * @param notes damaged files, one line each
   */
  public record Outcome(long songs, long failed, long decoded, int dimensions, List<String> notes) {
    public Outcome {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Extracts missing features and writes the table.
   *
   * @throws UsageException if the request is invalid
   * @throws IOException if the store or the table cannot be written
   */
  public Outcome execute() throws IOException {
    BeamRun beam = BeamRun.under(request.beamOptions());
    request.source().require();
    OutputFolder.requireOf("--out", file);
    try (DataFolder data = DataFolder.open(request.data())) {
      PipelineConfig config = PipelineConfig.of(request, data.path(), beam.shards());
      FeatureFile table;
      try {
        table =
            new FeatureFile(
                PathText.folder(Objects.requireNonNull(file.getParent())),
                file.getFileName().toString(),
                config.dimensionNames());
      } catch (IllegalArgumentException e) {
        throw new UsageException("--out " + e.getMessage(), e);
      }
      StaleFiles.clearData(config);
      table.sweep();
      Pipeline pipeline = beam.pipeline();
      PCollectionTuple audio = pipeline.apply("CollectFeatures", CollectFeatures.to(config));
      PCollectionTuple.of(ExportFeatures.SONGS, audio.get(Read.SONGS))
          .and(ExportFeatures.FEATURES, audio.get(CollectFeatures.FEATURES))
          .apply("Export", ExportFeatures.to(table));
      RunCounters counters = beam.run(pipeline, Noun.SONG, progress);
      config.store().compact();
      return new Outcome(
          counters.get("exported"),
          counters.get("failed"),
          counters.get("decoded"),
          config.dimensionNames().size(),
          StaleFiles.damage(config));
    }
  }
}
