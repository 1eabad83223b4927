package org.surmala.compare;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.config.AudioOptions;
import org.surmala.config.BuildVersion;
import org.surmala.config.ModelKeys;
import org.surmala.config.Settings;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;

/**
 * Hashes of everything that the cells of a comparison depend on besides their position in the grid.
 */
final class ComparisonKey {
  private static final int DIGITS = 32;

  private ComparisonKey() {}

  /** A hash of ids, labels, features and all other model inputs. */
  static String of(LabelledSongs songs) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    update(digest, songs.names().toString());
    update(digest, songs.groups().toString());
    update(digest, songs.group());
    TrainingRows table = songs.features();
    float[] row = new float[table.columns()];
    ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES);
    for (int i = 0; i < table.rows(); i++) {
      update(digest, songs.ids().get(i));
      update(digest, songs.labels().get(i));
      update(digest, String.valueOf(songs.lyrics().get(i)));
      for (List<@Nullable String> labels : songs.conditions().values()) {
        update(digest, String.valueOf(labels.get(i)));
      }
      table.read(i, row, 0);
      bytes.clear();
      bytes.asFloatBuffer().put(row);
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The name of the journal: a hash of the songs' hash, the version of the program and all options.
   * It includes the options of every kind of representation, compared or not, so that a larger grid
   * can reuse the journal of a smaller one.
   */
  static String of(String songs, Settings settings) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    update(digest, BuildVersion.number());
    update(digest, songs);
    // Patches and windows follow from the specification of the features.
    update(digest, AudioOptions.of(settings).spec());
    for (String kind : Representations.kinds()) {
      update(digest, kind + new TreeMap<>(ModelKeys.options(kind, settings)));
    }
    update(digest, ComparisonInput.clusterOptions(settings).toString());
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  /** Each text is preceded by its length, so that different lists give different bytes. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }
}
