package org.surmala.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.io.FolderFiles;
import org.surmala.io.RecordCoder;
import org.surmala.io.WholeFile;
import org.surmala.schema.FeatureBatch;

/**
 * Large batches, in files while they wait for a fit, so that neither a shuffle nor a trainer's
 * state has them. A file is named by its content: to write it again is no change, and models that
 * take the same rows share it.
 *
 * @param folder folder of the files, on a Beam file system that all workers see, ending in a slash
 */
record BatchFiles(String folder) implements Serializable {
  /** Smallest batch that is written to a file. */
  static final int LEAST_BYTES = 1 << 18;

  private static final RecordCoder<FeatureBatch> CODER = RecordCoder.of(FeatureBatch.class);

  private static final String ENDING = ".batch";

  /** The batch files beside a folder of models. */
  static BatchFiles beside(String models) {
    return new BatchFiles(models + "waiting/");
  }

  /** The batch, or one in its place that names the file with it, if its values are large. */
  FeatureBatch put(FeatureBatch batch) throws IOException {
    if (batch.getValues().remaining() + batch.getWindows().remaining() < LEAST_BYTES) {
      return batch;
    }
    byte[] bytes = CoderUtils.encodeToByteArray(CODER, batch);
    String name = DigestUtils.sha256Hex(bytes) + ENDING;
    WholeFile.write(folder, name, out -> out.write(bytes));
    ByteBuffer none = ByteBuffer.allocate(0);
    return FeatureBatch.newBuilder()
        .setSpec(batch.getSpec())
        .setIds(List.of())
        .setDimensions(batch.getDimensions())
        .setValues(none)
        .setIntake(batch.getIntake())
        .setBands(batch.getBands())
        .setFile(folder + name)
        .build();
  }

  /**
   * The batch itself, wherever it was.
   *
   * @throws IOException when its file is gone, or has other bytes than were written
   */
  static FeatureBatch whole(FeatureBatch batch) throws IOException {
    String file = batch.getFile();
    if (file == null) {
      return batch;
    }
    try (InputStream in = WholeFile.open(file)) {
      byte[] bytes = in.readAllBytes();
      if (!file.endsWith("/" + DigestUtils.sha256Hex(bytes) + ENDING)) {
        throw new IOException(file + " has other bytes than were written; run again");
      }
      return CoderUtils.decodeFromByteArray(CODER, bytes);
    }
  }

  /** Removes all files. No fit may be waiting for one. */
  void clear() throws IOException {
    WholeFile.sweep(folder);
    FileSystems.delete(
        FolderFiles.matching(folder, "*" + ENDING).stream()
            .map(MatchResult.Metadata::resourceId)
            .toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
