package org.surmala.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.nn.Table;
import org.surmala.schema.FeatureBatch;

/**
 * The songs that a model is fitted on, each once, ascending by id. Their values are in memory up to
 * a limit, and beyond it in a file; the ids, some 120 bytes each, are in memory.
 *
 * @param spec version of the feature specification; empty when there are no songs
 * @param dataHash SHA-256 over ids and values, in id order
 * @param spilled the table again, when it is in a file
 */
record TrainingSet(String spec, Table table, String dataHash, @Nullable SpilledTable spilled)
    implements AutoCloseable {
  /** Values that are kept in memory: 64 MB. */
  static final long MOST_IN_MEMORY = 1L << 24;

  /**
   * Gathers the songs of all batches, in whatever order they came.
   *
   * @param batches are read twice
   * @param mostInMemory values; of more than that a file is made
   * @throws IllegalArgumentException when the batches are of two feature specifications
   */
  static TrainingSet of(Iterable<FeatureBatch> batches, long mostInMemory) throws IOException {
    String spec = "";
    int dimensions = 1;
    List<String> ids = new ArrayList<>();
    for (FeatureBatch batch : batches) {
      if (ids.isEmpty()) {
        spec = batch.getSpec();
        dimensions = batch.getDimensions();
      } else if (!spec.equals(batch.getSpec()) || dimensions != batch.getDimensions()) {
        throw new IllegalArgumentException(
            "songs of two feature specifications can't train one model: "
                + spec
                + " and "
                + batch.getSpec());
      }
      ids.addAll(batch.getIds());
    }
    int[] order = order(ids);
    if ((long) ids.size() * dimensions > mostInMemory) {
      SpilledTable table = new SpilledTable(dimensions);
      for (FeatureBatch batch : batches) {
        table.append(batch.getValues().duplicate());
      }
      table.arrange(order);
      return new TrainingSet(spec, table, hash(ids, order, table), table);
    }
    float[] arrived = new float[ids.size() * dimensions];
    int filled = 0;
    for (FeatureBatch batch : batches) {
      int length = batch.getIds().size() * dimensions;
      batch
          .getValues()
          .duplicate()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(arrived, filled, length);
      filled += length;
    }
    float[] values = new float[order.length * dimensions];
    for (int row = 0; row < order.length; row++) {
      System.arraycopy(arrived, order[row] * dimensions, values, row * dimensions, dimensions);
    }
    Table table = Table.of(dimensions, values);
    return new TrainingSet(spec, table, hash(ids, order, table), null);
  }

  /** Places of the distinct ids, ascending by id; of the same id, one. */
  private static int[] order(List<String> ids) {
    Integer[] places = new Integer[ids.size()];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, Comparator.comparing(ids::get));
    int[] order = new int[places.length];
    int count = 0;
    for (int i = 0; i < places.length; i++) {
      if (i == 0 || !ids.get(places[i]).equals(ids.get(places[i - 1]))) {
        order[count++] = places[i];
      }
    }
    return Arrays.copyOf(order, count);
  }

  private static String hash(List<String> ids, int[] order, Table table) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    float[] row = new float[table.columns()];
    ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int r = 0; r < order.length; r++) {
      table.read(r, row, 0);
      bytes.clear();
      bytes.asFloatBuffer().put(row);
      digest.update(ids.get(order[r]).getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    if (spilled != null) {
      spilled.close();
    }
  }
}
