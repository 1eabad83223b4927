package org.surmala.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.io.PathText;
import org.surmala.schema.SongRef;

/**
 * The text of a playlist, extended M3U. Paths are relative to the playlist if both are on the local
 * file system, and absolute if the playlist is not a file.
 */
public final class M3u {
  /** A playlist's first line. */
  static final String HEAD = "#EXTM3U\n";

  private M3u() {}

  /**
   * The text of a playlist; its file is in UTF-8, and its name ends in {@code .m3u8}.
   *
   * @param title of the playlist
   * @param folder folder of the playlist, ending in a slash; null for absolute paths
   */
  public static String text(String title, @Nullable String folder, List<ReportedSong> songs) {
    StringBuilder text = new StringBuilder(HEAD + "#PLAYLIST:" + oneLine(title) + "\n");
    for (ReportedSong reported : songs) {
      SongRef song = reported.song();
      String artist = song.getArtist();
      String name = oneLine(String.valueOf(song.getTitle()));
      String location = location(folder, song.getUri());
      if (location.contains("\n") || location.contains("\r")) {
        // M3U cannot express a line break; only a URL can.
        location = PathText.uri(song.getUri()).toString();
      }
      text.append("#EXTINF:")
          .append(Math.round(reported.info().getDurationSeconds()))
          .append(',')
          .append(artist == null ? "" : oneLine(artist) + " - ")
          .append(name)
          .append('\n')
          .append(location)
          .append('\n');
    }
    return text.toString();
  }

  private static String location(@Nullable String folder, String uri) {
    String way = folder == null ? uri : PathText.relative(folder, uri);
    // A line that starts with # is a comment.
    return way.startsWith("#") ? "./" + way : way;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
