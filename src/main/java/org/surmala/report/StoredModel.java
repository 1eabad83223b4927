package org.surmala.report;

import java.io.IOException;
import org.surmala.schema.ModelCheckpoint;

/** The model behind assignments.csv, read from the results. */
public final class StoredModel {
  static final String FILE = "model.avro";

  private StoredModel() {}

  /**
   * The checkpoint of a model.
   *
   * @param results folder of the results, ending in a slash, on any Beam file system
   * @param version version of the model, as in assignments.csv
   * @throws java.io.FileNotFoundException if the folder has no results of a run
   * @throws IOException if the results have no such model
   */
  public static ModelCheckpoint of(String results, String version) throws IOException {
    for (ModelCheckpoint checkpoint : StoredRecords.checkpoints(results)) {
      if (checkpoint.getVersion().equals(version)) {
        return in(results, checkpoint);
      }
    }
    throw new IOException(results + " knows no model of version " + version + "; run again");
  }

  /** The checkpoint's copy in the results, since the results may have been moved. */
  static ModelCheckpoint in(String results, ModelCheckpoint checkpoint) {
    return ModelCheckpoint.newBuilder(checkpoint).setPath(results + FILE).build();
  }
}
