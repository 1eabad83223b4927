package org.surmala.report;

import java.io.IOException;
import org.surmala.schema.ModelCheckpoint;

/** The model behind assignments.csv, read from the results. */
public final class StoredModel {
  static final String FILE = "model.avro";

  private StoredModel() {}

  /**
   * Where the model is.
   *
   * @param results folder of the results, ending in a slash, on any Beam file system
   * @param version of the model, as assignments.csv has it
   * @throws java.io.FileNotFoundException when there are no results of a run in the folder
   * @throws IOException when the results know no such model
   */
  public static ModelCheckpoint of(String results, String version) throws IOException {
    for (ModelCheckpoint checkpoint : StoredRecords.checkpoints(results)) {
      if (checkpoint.getVersion().equals(version)) {
        return in(results, checkpoint);
      }
    }
    throw new IOException(results + " knows no model of version " + version + "; run again");
  }

  /** The checkpoint's copy in the results: these may have moved away from its first place. */
  static ModelCheckpoint in(String results, ModelCheckpoint checkpoint) {
    return ModelCheckpoint.newBuilder(checkpoint).setPath(results + FILE).build();
  }
}
