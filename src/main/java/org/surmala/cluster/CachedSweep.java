package org.surmala.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.io.RecordCache;
import org.surmala.schema.Clustering;
import org.surmala.schema.Model;

/**
 * A sweep whose clusterings are read from a cache if the same songs were clustered before with the
 * same options.
 */
record CachedSweep(ClusterOptions options, RecordCache cache) {
  /** As {@link ClusterSweep#run(String, String, List, double[][], Model)}. */
  List<Clustering> run(
      String representation,
      String modelVersion,
      List<String> ids,
      double[][] points,
      @Nullable Model model)
      throws IOException {
    ClusterSweep sweep = new ClusterSweep(options);
    if (cache.build().isEmpty()) {
      return sweep.run(representation, modelVersion, ids, points, model);
    }
    String inputs =
        String.join("\n", options.toString(), representation, modelVersion, hash(ids, points));
    List<Clustering> known = cache.find(inputs, Clustering.class);
    if (known != null) {
      return known;
    }
    List<Clustering> found = sweep.run(representation, modelVersion, ids, points, model);
    cache.put(inputs, Clustering.class, found);
    return found;
  }

  private static String hash(List<String> ids, double[][] points) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    for (int i = 0; i < points.length; i++) {
      DigestUtils.updateDigest(digest, ids.get(i) + "\n");
      ByteBuffer row = ByteBuffer.allocate(points[i].length * Double.BYTES);
      row.asDoubleBuffer().put(points[i]);
      digest.update(row);
    }
    return Hex.encodeHexString(digest.digest());
  }
}
