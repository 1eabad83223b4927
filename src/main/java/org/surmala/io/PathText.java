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
 * Paths as text, and text as paths: the one way there and the one way back.
 *
 * <p>Text is an absolute path of this machine, such as {@code /music/100 % [live] #1}, exactly as
 * its name is, or a URI of another file system, such as {@code gs://bucket/music}. Only what is
 * typed, or announced by others, may also be relative or a {@code file:} URI. A folder's text ends
 * in a slash.
 *
 * <p>On Unix a name is bytes, which need not be text in the encoding that Java takes from the
 * locale ({@code sun.jnu.encoding}). Records hold paths as text, so a file can be opened only if
 * the text of its path leads back to it.
 */
public final class PathText {
  private static final int HEX = 16;
  private static final String LOCAL_URI = "file:/";

  private PathText() {}

  /**
   * A path of this machine, absolute and without {@code ..}.
   *
   * @param text a path, or a {@code file:} URI
   * @throws IllegalArgumentException when it is on another file system, or is no path in the
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
   * The same text for every process of this machine: a path that is relative counts from the folder
   * that this process was started in, and a cluster's processes were started in others.
   */
  public static String absolute(String typed) {
    return RemoteFiles.isRemote(typed) ? typed : toPath(typed).toString();
  }

  /** A folder as it was typed: absolute where it is on this machine, ending in a slash. */
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

  /** A file on any file system that the program has. */
  public static ResourceId file(String text) {
    return FileSystems.matchNewResource(absolute(text), false);
  }

  /** A folder on any file system that the program has. */
  public static ResourceId directory(String text) {
    return FileSystems.matchNewResource(folder(text), true);
  }

  /** The text as a URI in ASCII. */
  public static URI uri(String text) {
    if (RemoteFiles.isRemote(text)) {
      return URI.create(text);
    }
    // Java adds a slash where there is a folder by this name now.
    String uri = toPath(text).toUri().toString().replaceFirst("(?<=.)/$", "");
    return URI.create(text.endsWith("/") ? uri + "/" : uri);
  }

  /**
   * The way from a folder to a place, with a slash between names; the place itself where one of
   * them is on another file system. A place that ends in a slash is a folder, and so is the way.
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

  /** The same as a reference in ASCII that a page may hold. */
  public static String relativeUri(String folder, String place) {
    String way = relative(folder, place);
    if (RemoteFiles.isRemote(folder) || RemoteFiles.isRemote(place)) {
      return way;
    }
    try {
      // Behind a dot no name is taken for a scheme.
      String reference = ascii(new URI(null, null, "./" + way, null).toString());
      return way.startsWith("..") ? reference.substring(2) : reference;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'" + way + "' is no path", e);
    }
  }

  /** What {@link URI#toASCIIString} would be if it did not compose letters and their marks. */
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

  /** A place that a file names, which may be relative to that file. */
  public static String beside(String file, String place) {
    if (RemoteFiles.isRemote(place) || place.startsWith(LOCAL_URI) || place.startsWith("/")) {
      return place;
    }
    return file.substring(0, file.lastIndexOf('/') + 1) + place;
  }

  /**
   * Checks that the text of a path leads back to the same file.
   *
   * @throws SongException when it does not; the message says what to rename or to set
   */
  public static void require(Path path) throws SongException {
    if (!leadsBack(path)) {
      throw badName();
    }
  }

  /** A path that Java cannot make of its text, or whose text does not lead back to it. */
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
   * The path in UTF-8, with {@code \xFC} for a byte that is not, so that no two paths are alike.
   */
  public static String of(Path path) {
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
