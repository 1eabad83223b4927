package org.surmala.io;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The name of a file after a text that people or tags gave. */
public final class FileName {
  /** A file's name has at most 255 bytes, of which a number and the extension are some. */
  private static final int MOST_BYTES = 200;

  private static final Pattern REFUSED = Pattern.compile("[\\p{Cc}\\p{Cs}/\\\\:*?\"<>|]");

  /** Characters without a shape; joiners are letters' own in Bangla, Persian and other scripts. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cf}\\p{Zl}\\p{Zp}&&[^\u200c\u200d]]");

  private FileName() {}

  /**
   * A name that every system takes, without extension: what one of them refuses becomes a low line.
   * Marks that turn the direction of writing are left out, for with them a name looks like another.
   * A long name is cut to {@value #MOST_BYTES} bytes of UTF-8.
   */
  public static String of(String text) {
    String visible = INVISIBLE.matcher(text).replaceAll("").strip();
    String plain =
        REFUSED
            .matcher(visible)
            .replaceAll("_")
            .replaceFirst("^\\.+", "_")
            .replaceFirst("[. ]+$", "");
    while (plain.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      plain = plain.substring(0, plain.offsetByCodePoints(plain.length(), -1));
    }
    return plain.isEmpty() ? "_" : plain;
  }
}
