package org.surmala.train;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.surmala.io.CheckpointFile;
import org.surmala.io.FolderFiles;
import org.surmala.io.RecordCache;
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
  private final RecordCache fits;

  private FitCache(String models, Optional<String> build) {
    this.models = models;
    fits = new RecordCache(models + "fits/", KEPT, build);
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
    if (fits.build().isEmpty()) {
      return fitter.fit(songs);
    }
    String inputs = fitter.inputs(songs);
    List<ModelCheckpoint> known = fits.find(inputs, ModelCheckpoint.class);
    if (known != null && FolderFiles.find(known.get(0).getPath()) != null) {
      return CheckpointFile.read(known.get(0));
    }
    Model model = fitter.fit(songs);
    fits.put(inputs, ModelCheckpoint.class, List.of(CheckpointFile.write(models, model)));
    return model;
  }
}
