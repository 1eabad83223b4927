package org.surmala.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.surmala.nn.Table;
import org.surmala.schema.FeatureBatch;

/**
 * The songs that a model is fitted on, each once, ascending by id.
 *
 * @param spec version of the feature specification; empty when there are no songs
 * @param dataHash SHA-256 over ids and values, in id order
 */
record TrainingSet(String spec, Table table, String dataHash) {
  /**
   * Gathers the songs of all batches, in whatever order they came.
   *
   * @throws IllegalArgumentException when the batches are of two feature specifications
   */
  static TrainingSet of(Iterable<FeatureBatch> batches) {
    String spec = "";
    int dimensions = 0;
    Map<String, float[]> songs = new TreeMap<>();
    for (FeatureBatch batch : batches) {
      if (songs.isEmpty()) {
        spec = batch.getSpec();
        dimensions = batch.getDimensions();
      } else if (!spec.equals(batch.getSpec()) || dimensions != batch.getDimensions()) {
        throw new IllegalArgumentException(
            "songs of two feature specifications can't train one model: "
                + spec
                + " and "
                + batch.getSpec());
      }
      ByteBuffer values = batch.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN);
      for (String id : batch.getIds()) {
        float[] row = new float[dimensions];
        values.asFloatBuffer().get(row);
        values.position(values.position() + dimensions * Float.BYTES);
        songs.put(id, row);
      }
    }
    float[] values = new float[Math.multiplyExact(songs.size(), dimensions)];
    MessageDigest digest = sha256();
    int offset = 0;
    ByteBuffer bytes = ByteBuffer.allocate(dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Map.Entry<String, float[]> song : songs.entrySet()) {
      System.arraycopy(song.getValue(), 0, values, offset, dimensions);
      offset += dimensions;
      bytes.clear();
      bytes.asFloatBuffer().put(song.getValue());
      digest.update(song.getKey().getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return new TrainingSet(
        spec, Table.of(Math.max(1, dimensions), values), HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
