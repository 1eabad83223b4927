package org.surmala.read;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;

/** Checks and metadata of a path or URI of songs, without listing it. */
public final class SongsPath {
  static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  private SongsPath() {}

  /**
   * Checks that the source exists, without listing it.
   *
   * @throws IOException if a path of this machine neither exists nor is a glob, or this build has
   *     no file system for a URI; the message says what to give instead
   */
  public static void require(String songs) throws IOException {
    if (RemoteFiles.isRemote(songs)) {
      RemoteFiles.require(songs);
    } else if (songs.isBlank()
        || (!Files.exists(PathText.toPath(songs)) && !WILDCARD.matcher(songs).find())) {
      throw notThere(songs);
    }
  }

  static IOException notThere(String songs) {
    return new IOException(
        "'" + songs + "' is not there; give a folder, a glob, a metadata.csv or a .txt of paths");
  }

  /**
   * The columns of the metadata file that names the songs; empty without such a file.
   *
   * @throws IOException if it cannot be read
   */
  public static List<String> columns(String songs) throws IOException {
    return isMetadata(songs) ? MetadataFile.columns(songs) : List.of();
  }

  /**
   * Notes on the metadata file for readers of the scores, one line each.
   *
   * @throws IOException if it cannot be read
   */
  public static List<String> notes(String songs) throws IOException {
    return isMetadata(songs) ? MetadataFile.notes(songs) : List.of();
  }

  static boolean isMetadata(String songs) {
    return songs.endsWith(".csv")
        && (RemoteFiles.isRemote(songs) || Files.isRegularFile(PathText.toPath(songs)));
  }
}
