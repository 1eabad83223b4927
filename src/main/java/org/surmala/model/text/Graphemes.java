package org.surmala.model.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Text as user-perceived characters: a letter with its marks, and in Indian scripts a whole
 * conjunct. A Bangla vowel sign is never separated from its consonant.
 *
 * <p>Clusters are those of Unicode's extended grapheme clusters (UAX 29) for letters: a base with
 * its marks and joiners, and the letter after a virama (rule GB9c, the linkers of Unicode 15.1).
 * The JDK's {@code BreakIterator} is not used, since its result differs between Java 17 and 25.
 */
final class Graphemes {
  /** Separates words, and is at both ends. */
  static final String GAP = " ";

  /** Viramas that join consonants: Devanagari, Bengali, Gujarati, Oriya, Telugu, Malayalam. */
  private static final String LINKERS = "\u094D\u09CD\u0ACD\u0B4D\u0C4D\u0D4D";

  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;

  private Graphemes() {}

  /**
   * The text's characters, case-folded and in normal form C; every run of characters that are
   * neither letters nor digits is one gap. Empty without letters and digits, else starting and
   * ending with a gap.
   */
  static List<String> of(String text) {
    // Upper case, then lower case, also folds pairs such as ß and ss.
    String folded =
        Normalizer.normalize(
            text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    List<String> clusters = new ArrayList<>();
    clusters.add(GAP);
    StringBuilder open = new StringBuilder();
    boolean isLinked = false;
    int length = folded.length();
    for (int at = 0; at < length; ) {
      int point = folded.codePointAt(at);
      at += Character.charCount(point);
      if (!open.isEmpty() && combines(point)) {
        open.appendCodePoint(point);
        isLinked = LINKERS.indexOf(point) >= 0 || (isLinked && point == JOINER);
      } else if (Character.isLetterOrDigit(point)) {
        if (!isLinked) {
          close(open, clusters);
        }
        open.appendCodePoint(point);
        isLinked = false;
      } else {
        close(open, clusters);
        isLinked = false;
        if (!clusters.get(clusters.size() - 1).equals(GAP)) {
          clusters.add(GAP);
        }
      }
    }
    close(open, clusters);
    if (clusters.size() == 1) {
      return List.of();
    }
    if (!clusters.get(clusters.size() - 1).equals(GAP)) {
      clusters.add(GAP);
    }
    return clusters;
  }

  private static void close(StringBuilder open, List<String> clusters) {
    if (!open.isEmpty()) {
      clusters.add(open.toString());
      open.setLength(0);
    }
  }

  private static boolean combines(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || point == NON_JOINER
        || point == JOINER;
  }
}
