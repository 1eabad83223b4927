package org.surmala.train;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.surmala.io.AvroFile;
import org.surmala.io.CheckpointFile;
import org.surmala.io.FolderFiles;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;

/**
 * A cache of finished fits by a hash of their inputs, so that the same fit is not run twice. Each
 * entry is a file {@code fits/KEY.avro} beside the models, which names a checkpoint. The last
 * {@value #KEPT} that were used are kept.
 */
final class FitCache {
  /** Fits of a dozen runs with the default models. */
  static final int KEPT = 64;

  private final String models;
  private final Optional<String> build;

  private FitCache(String models, Optional<String> build) {
    this.models = models;
    this.build = build;
  }

  /**
   * @param models folder of the checkpoints, ending in a slash
   * @param build identity of the program's build; if empty, the cache is off
   */
  static FitCache in(String models, Optional<String> build) {
    return new FitCache(models, build);
  }

  /** Fits a model, or reads the result of the same fit. */
  Model fit(ModelFitter fitter, TrainingSet songs) throws IOException {
    if (build.isEmpty()) {
      return fitter.fit(songs);
    }
    String folder = models + "fits/";
    String name = fitter.key(build.get(), songs) + ".avro";
    if (FolderFiles.find(folder + name) != null) {
      ModelCheckpoint known = AvroFile.read(folder + name, ModelCheckpoint.class).get(0);
      if (FolderFiles.find(known.getPath()) != null) {
        // Written again, so that its time says when it was used.
        AvroFile.write(folder, name, ModelCheckpoint.class, List.of(known));
        return CheckpointFile.read(known);
      }
    }
    Model model = fitter.fit(songs);
    AvroFile.write(
        folder, name, ModelCheckpoint.class, List.of(CheckpointFile.write(models, model)));
    FileSystems.delete(
        FolderFiles.matching(folder, "*.avro").stream()
            .sorted(Comparator.comparingLong(file -> -file.lastModifiedMillis()))
            .skip(KEPT)
            .map(MatchResult.Metadata::resourceId)
            .toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
    return model;
  }
}
