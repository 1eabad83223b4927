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

/** Hashes over what the cells of a comparison depend on besides their position in the grid. */
final class ComparisonKey {
  private static final int DIGITS = 32;

  private ComparisonKey() {}

  /** A hash over ids, labels, features and what else models are told of songs. */
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
      for (List<@Nullable String> told : songs.told().values()) {
        update(digest, String.valueOf(told.get(i)));
      }
      table.read(i, row, 0);
      bytes.clear();
      bytes.asFloatBuffer().put(row);
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * A name for the journal: a hash over the songs' own, the version of the program and all options.
   * It has those of every kind of representation, compared or not, so that a larger grid goes on
   * with the journal of a smaller one.
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

  /** Each text with its length before it, so that no two lists of texts give the same bytes. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }
}
