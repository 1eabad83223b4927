package org.surmala.io;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** File names from texts of users or tags. */
public final class FileName {
  /** Largest name in bytes: file systems allow 255, including a number and the extension. */
  private static final int MOST_BYTES = 200;

  private static final Pattern REFUSED = Pattern.compile("[\\p{Cc}\\p{Cs}/\\\\:*?\"<>|]");

  /**
   * Invisible characters, except joiners, which belong to letters in Bangla, Persian and other
   * scripts.
   */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cf}\\p{Zl}\\p{Zp}&&[^\u200c\u200d]]");

  private FileName() {}

  /**
   * A name that is valid on every system, without extension: characters that some system refuses
   * become underscores. Direction marks are removed, since they can make a name look like another.
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
