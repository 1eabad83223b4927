package org.surmala.model.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Counts of a text's character n-grams of 2 to 4 {@link Graphemes}, hashed into buckets
 * (MurmurHash3, 32 bits, seed 0, over UTF-8).
 */
final class NGramCounts {
  private static final int SHORTEST = 2;
  private static final int LONGEST = 4;

  private final int[] buckets;
  private final int[] counts;

  private NGramCounts(int[] buckets, int[] counts) {
    this.buckets = buckets;
    this.counts = counts;
  }

  /** Counts the n-grams of a text; empty without letters and digits. */
  static NGramCounts of(String text, int bucketCount) {
    List<String> clusters = Graphemes.of(text);
    int[] all = new int[clusters.size() * (LONGEST - SHORTEST + 1)];
    int found = 0;
    StringBuilder gram = new StringBuilder();
    for (int first = 0; first < clusters.size(); first++) {
      gram.setLength(0);
      for (int n = 1; n <= LONGEST && first + n <= clusters.size(); n++) {
        gram.append(clusters.get(first + n - 1));
        if (n >= SHORTEST) {
          byte[] bytes = gram.toString().getBytes(StandardCharsets.UTF_8);
          all[found++] =
              Integer.remainderUnsigned(
                  MurmurHash3.hash32x86(bytes, 0, bytes.length, 0), bucketCount);
        }
      }
    }
    Arrays.sort(all, 0, found);
    int[] buckets = new int[found];
    int[] counts = new int[found];
    int distinct = 0;
    for (int i = 0; i < found; i++) {
      if (i > 0 && all[i] == all[i - 1]) {
        counts[distinct - 1]++;
      } else {
        buckets[distinct] = all[i];
        counts[distinct++] = 1;
      }
    }
    return new NGramCounts(Arrays.copyOf(buckets, distinct), Arrays.copyOf(counts, distinct));
  }

  /** Number of different buckets. */
  int size() {
    return buckets.length;
  }

  /** The i-th bucket, ascending. */
  int bucket(int i) {
    return buckets[i];
  }

  /** The count of the i-th bucket. */
  int count(int i) {
    return counts[i];
  }
}
