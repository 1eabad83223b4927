package org.surmala.io;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/**
 * Converts between paths and text.
 *
 * <p>Text is an absolute path of this machine, such as {@code /music/100 % [live] #1}, unescaped,
 * or a URI of another file system, such as {@code gs://bucket/music}. Only typed or announced paths
 * may also be relative or {@code file:} URIs. The text of a folder ends in a slash.
 *
 * <p>On Unix a name is a sequence of bytes, which may be invalid in the encoding of the locale
 * ({@code sun.jnu.encoding}). Records store paths as text, so a file can be opened only if its path
 * survives the conversion to text and back.
 */
public final class PathText {
  private static final int HEX = 16;
  private static final String LOCAL_URI = "file:/";

  private PathText() {}

  /**
   * A path of this machine, absolute and without {@code ..}.
   *
   * @param text a path, or a {@code file:} URI
   * @throws IllegalArgumentException if it is on another file system, or not a valid path in the
   *     locale's encoding ({@link InvalidPathException})
   */
  public static Path toPath(String text) {
    if (text.startsWith(LOCAL_URI)) {
      return Path.of(URI.create(ascii(text))).toAbsolutePath().normalize();
    }
    if (RemoteFiles.isRemote(text)) {
      throw new IllegalArgumentException(
          "'" + text + "' is on another file system; give a path of this machine");
    }
    return Path.of(text).toAbsolutePath().normalize();
  }

  /**
   * The text as an absolute path, valid for every process of this machine. Relative paths refer to
   * this process's working directory, which differs from those of a cluster's processes.
   */
  public static String absolute(String typed) {
    return RemoteFiles.isRemote(typed) ? typed : toPath(typed).toString();
  }

  /** A typed folder as text: absolute if it is on this machine, ending in a slash. */
  public static String folder(String typed) {
    return slashed(absolute(typed));
  }

  /** The text of a folder, ending in a slash. */
  public static String folder(Path folder) {
    return slashed(folder.toAbsolutePath().normalize().toString());
  }

  private static String slashed(String folder) {
    return folder.endsWith("/") ? folder : folder + "/";
  }

  /** A file on any available file system. */
  public static ResourceId file(String text) {
    return FileSystems.matchNewResource(absolute(text), false);
  }

  /** A folder on any available file system. */
  public static ResourceId directory(String text) {
    return FileSystems.matchNewResource(folder(text), true);
  }

  /** The text as a URI in ASCII. */
  public static URI uri(String text) {
    if (RemoteFiles.isRemote(text)) {
      return URI.create(text);
    }
    // Java adds a slash if a folder with this name exists.
    String uri = toPath(text).toUri().toString().replaceFirst("(?<=.)/$", "");
    return URI.create(text.endsWith("/") ? uri + "/" : uri);
  }

  /**
   * The relative path from a folder to a place, with slashes; the place itself if it is on another
   * file system. If the place ends in a slash, so does the result.
   */
  public static String relative(String folder, String place) {
    if (RemoteFiles.isRemote(folder) || RemoteFiles.isRemote(place)) {
      return place;
    }
    Path from = toPath(folder);
    Path to = toPath(place);
    StringJoiner way = new StringJoiner("/", "", place.endsWith("/") ? "/" : "");
    from.relativize(to).forEach(name -> way.add(name.toString()));
    return from.equals(to) ? "." + way : way.toString();
  }

  /** The same as an ASCII URI reference for pages. */
  public static String relativeUri(String folder, String place) {
    String way = relative(folder, place);
    if (RemoteFiles.isRemote(folder) || RemoteFiles.isRemote(place)) {
      return way;
    }
    try {
      // The prefix "./" prevents that a name is taken for a scheme.
      String reference = ascii(new URI(null, null, "./" + way, null).toString());
      return way.startsWith("..") ? reference.substring(2) : reference;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'" + way + "' is no path", e);
    }
  }

  /** Like {@link URI#toASCIIString}, but without composing letters with their marks. */
  private static String ascii(String uri) {
    StringBuilder escaped = new StringBuilder();
    for (byte unit : uri.getBytes(StandardCharsets.UTF_8)) {
      if (unit < 0) {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
      } else {
        escaped.append((char) unit);
      }
    }
    return escaped.toString();
  }

  /** Resolves a place that may be relative to a file. */
  public static String beside(String file, String place) {
    if (RemoteFiles.isRemote(place) || place.startsWith(LOCAL_URI) || place.startsWith("/")) {
      return place;
    }
    return file.substring(0, file.lastIndexOf('/') + 1) + place;
  }

  /**
   * Checks that a path survives the conversion to text and back.
   *
   * @throws SongException if it does not; the message says what to rename or to set
   */
  public static void require(Path path) throws SongException {
    if (!leadsBack(path)) {
      throw badName();
    }
  }

  /** The exception for a path that does not survive the conversion to text and back. */
  public static SongException badName() {
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
   * The path in UTF-8, with {@code \xFC} for invalid bytes, so that different paths have different
   * texts.
   */
  public static String of(Path path) {
    if (leadsBack(path)) {
      return path.toString();
    }
    // Java exposes a path's bytes only as a URI.
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
