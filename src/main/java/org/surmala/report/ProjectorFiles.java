package org.surmala.report;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.io.SpreadsheetText;
import org.surmala.io.WholeFile;
import org.surmala.schema.Embedding;
import org.surmala.schema.SongRef;

/**
 * The primary latent space for other tools: embeddings.npy (NumPy, float32, [songs][dimensions]),
 * embeddings.tsv and embeddings_metadata.tsv (TensorBoard's embedding projector). Row i of all
 * three is the i-th song of assignments.csv.
 */
final class ProjectorFiles {
  private static final int NPY_ALIGNMENT = 64;
  private static final byte[] NPY_MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private ProjectorFiles() {}

  static void write(ReportOptions options, ReportData data) throws IOException {
    List<Embedding> latent = data.embeddings();
    WholeFile.write(options.results(), "embeddings.npy", out -> out.write(npy(latent)));
    WholeFile.write(
        options.results(),
        "embeddings.tsv",
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          for (Embedding embedding : latent) {
            String tab = "";
            for (Float value : embedding.getVector()) {
              writer.append(tab).append(Float.toString(value));
              tab = "\t";
            }
            writer.append('\n');
          }
          writer.flush();
        });
    WholeFile.write(
        options.results(),
        "embeddings_metadata.tsv",
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          writer.write("title\tartist\tlanguage\tcluster\tfilepath\tid\n");
          for (int i = 0; i < latent.size(); i++) {
            SongRef song = data.songs().get(i).song();
            writer.write(
                String.join(
                        "\t",
                        cell(song.getTitle()),
                        cell(song.getArtist()),
                        cell(song.getLanguage()),
                        data.names().of(data.assignments().get(i).getCluster()),
                        cell(song.getFilepath()),
                        song.getId())
                    + "\n");
          }
          writer.flush();
        });
  }

  /** NumPy's format 1.0: a header in ASCII padded to 64 bytes, then the values in C order. */
  static byte[] npy(List<Embedding> latent) {
    int dimensions = latent.isEmpty() ? 0 : latent.get(0).getVector().size();
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s, %s), }"
            .formatted(latent.size(), dimensions);
    int unpadded = NPY_MAGIC.length + Short.BYTES + header.length() + 1;
    int padding = (NPY_ALIGNMENT - unpadded % NPY_ALIGNMENT) % NPY_ALIGNMENT;
    byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(
                NPY_MAGIC.length
                    + Short.BYTES
                    + text.length
                    + Float.BYTES * latent.size() * dimensions)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(NPY_MAGIC)
            .putShort((short) text.length)
            .put(text);
    for (Embedding embedding : latent) {
      embedding.getVector().forEach(bytes::putFloat);
    }
    return bytes.array();
  }

  /** The projector does not support quoting: a tab or line break would start a new cell or row. */
  private static String cell(@Nullable String text) {
    return text == null ? "" : SpreadsheetText.cell(text.replaceAll("\\p{Cntrl}+", " "));
  }
}
