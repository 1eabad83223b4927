package org.surmala.read;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/**
 * Paths as text. On Unix a name is bytes, which need not be text in the encoding that Java takes
 * from the locale ({@code sun.jnu.encoding}). Records hold paths as text, so a file can be opened
 * only if the text of its path leads back to it.
 */
final class PathText {
  private static final int HEX = 16;

  private PathText() {}

  /**
   * Checks that the text of a path leads back to the same file.
   *
   * @throws SongException when it does not; the message says what to rename or to set
   */
  static void require(Path path) throws SongException {
    if (!leadsBack(path)) {
      throw badName();
    }
  }

  /** A path that Java cannot make of its text, or whose text does not lead back to it. */
  static SongException badName() {
    String encoding = System.getProperty("sun.jnu.encoding", "");
    return new SongException(
        FailureCode.BAD_NAME,
        encoding.equalsIgnoreCase("UTF-8")
            ? "its path is not in UTF-8; rename it, or convert the folder: convmv -r -f latin1 -t"
                + " utf8 --notest FOLDER"
            : "its path cannot be written in the locale's encoding "
                + encoding
                + "; set LC_ALL=C.UTF-8 and run again");
  }

  private static boolean leadsBack(Path path) {
    try {
      return Path.of(path.toString()).equals(path);
    } catch (InvalidPathException otherEncoding) {
      return false;
    }
  }

  /**
   * The path in UTF-8, with {@code \xFC} for a byte that is not, so that no two paths are alike.
   */
  static String of(Path path) {
    if (leadsBack(path)) {
      return path.toString();
    }
    // A URI is the only form in which Java gives a path's bytes.
    String uri = path.toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < uri.length(); i++) {
      if (uri.charAt(i) == '%') {
        bytes.write(Integer.parseInt(uri, i + 1, i + 3, HEX));
        i += 2;
      } else {
        bytes.write(uri.charAt(i));
      }
    }
    return decode(ByteBuffer.wrap(bytes.toByteArray()));
  }

  private static String decode(ByteBuffer bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    StringBuilder text = new StringBuilder();
    CharBuffer chars = CharBuffer.allocate(bytes.remaining());
    while (true) {
      CoderResult result = decoder.decode(bytes, chars, true);
      text.append(chars.flip());
      chars.clear();
      if (!result.isMalformed()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        text.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(bytes.get()));
      }
    }
  }
}
