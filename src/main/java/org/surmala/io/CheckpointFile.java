package org.surmala.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.schema.LatentDiagnostics;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;

/**
 * A model as one Avro file, named by its content: {@code <folder><name>-<version>.avro}. Equal
 * models give equal bytes, so writing a model again changes nothing.
 */
public final class CheckpointFile {
  private static final int VERSION_DIGITS = 12;
  private static final byte[] SYNC = new byte[16];

  private CheckpointFile() {}

  /**
   * Writes the model.
   *
   * @param folder folder on any Beam file system, ending in a slash; created if needed
   * @return its checkpoint
   */
  public static ModelCheckpoint write(String folder, Model model) throws IOException {
    byte[] bytes = encode(model);
    String sha256 = DigestUtils.sha256Hex(bytes);
    String version = sha256.substring(0, VERSION_DIGITS);
    String file = model.getName() + "-" + version + ".avro";
    WholeFile.write(folder, file, out -> out.write(bytes));
    return new ModelCheckpoint(
        model.getName(),
        version,
        folder + file,
        sha256,
        new LatentDiagnostics(
            model.getActiveDimensions(),
            model.getKlPerDimension(),
            model.getReconstructionR2(),
            model.getGroupR2()));
  }

  /**
   * Reads the model of a checkpoint.
   *
   * @throws IOException if it is missing, or its bytes have changed
   */
  public static Model read(ModelCheckpoint checkpoint) throws IOException {
    byte[] bytes;
    try (InputStream in = WholeFile.open(checkpoint.getPath())) {
      bytes = in.readAllBytes();
    }
    String found = DigestUtils.sha256Hex(bytes);
    if (!found.equals(checkpoint.getSha256())) {
      throw new IOException(
          "%s has SHA-256 %s, not %s as when it was written; remove it and run again"
              .formatted(checkpoint.getPath(), found, checkpoint.getSha256()));
    }
    try (DataFileStream<Model> stream =
        new DataFileStream<>(
            new ByteArrayInputStream(bytes), new SpecificDatumReader<>(Model.class))) {
      return stream.next();
    }
  }

  private static byte[] encode(Model model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<Model> writer = new DataFileWriter<>(new SortedMapsWriter<>(Model.class))) {
      writer.setCodec(CodecFactory.deflateCodec(1));
      // A fixed sync marker, so that equal models give equal bytes.
      writer.create(Model.getClassSchema(), bytes, SYNC);
      writer.append(model);
    }
    return bytes.toByteArray();
  }
}
