package org.surmala.read;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.surmala.io.PathText;
import org.surmala.io.Shards;

/**
 * Options of listing songs.
 *
 * @param songs a folder, a glob, a single song, a metadata file ending in {@code .csv}, or a list
 *     of paths or URIs ending in {@code .txt}; a path of this machine or a resource of a Beam file
 *     system
 * @param metadataDirectory folder of the metadata file to write; paths of songs are relative to it
 * @param extensions extensions of songs, lower case, without the dot
 * @param catalog the file of {@link org.surmala.schema.CatalogEntry} records of the last run; it
 *     need not exist
 * @param columns further columns of a metadata file that are read as labels
 * @param titlePattern pattern of file names for files without tags
 */
public record ReadOptions(
    String songs,
    String metadataDirectory,
    List<String> extensions,
    String catalog,
    Shards shards,
    List<String> columns,
    TitlePattern titlePattern)
    implements Serializable {
  /** The extensions that are read by default. */
  public static final List<String> DEFAULT_EXTENSIONS =
      List.of(
          "wav", "wave", "mp3", "mp2", "ogg", "oga", "opus", "flac", "m4a", "m4b", "mp4", "aac",
          "aif", "aiff", "aifc", "wma", "mka", "webm", "wv", "ape", "tta", "caf", "au", "snd",
          "w64", "ac3", "eac3", "dts", "spx");

  public ReadOptions {
    if (songs.isBlank()) {
      throw new IllegalArgumentException("songs is empty; give a folder, a glob or a metadata.csv");
    }
    songs = PathText.absolute(songs);
    if (extensions.isEmpty()) {
      throw new IllegalArgumentException(
          "read.extensions is empty; name at least one extension, such as mp3");
    }
    for (String extension : extensions) {
      if (!extension.matches("[a-z0-9]+")) {
        throw new IllegalArgumentException(
            "read.extensions has '"
                + extension
                + "'; an extension is lower-case letters and digits, without the dot");
      }
    }
    extensions = List.copyOf(extensions);
    columns = List.copyOf(columns);
  }

  /** Whether a file with this name may be a song; macOS's {@code ._} companion files never are. */
  boolean isSong(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot >= 0
        && !fileName.startsWith("._")
        && extensions.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
