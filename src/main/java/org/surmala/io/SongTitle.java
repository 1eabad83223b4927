package org.surmala.io;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SongRef;

/**
 * The title and artist of a song: from the user's metadata; else the file's tags; else the file's
 * name without its extension. Where neither owner nor tags say title or artist and the name is
 * {@code Artist - Title}, each is taken from it.
 */
public final class SongTitle {
  /**
   * One hyphen or dash between blanks, no number before it: a number may be a track's, and more
   * parts leave open which one is the artist.
   */
  private static final Pattern ARTIST_AND_TITLE =
      Pattern.compile(
          "(?<artist>(?!\\d+\\b)(?:(?!\\s[-\u2013\u2014]\\s).)*\\S)\\s+[-\u2013\u2014]\\s+"
              + "(?<title>\\S(?:(?!\\s[-\u2013\u2014]\\s).)*)");

  private SongTitle() {}

  /**
   * The title.
   *
   * @param info what the file says of itself
   */
  public static String of(SongRef song, AudioInfo info) {
    String title = song.getTitle() == null ? info.getTitle() : song.getTitle();
    if (title != null) {
      return title;
    }
    Matcher parts = parts(song);
    return said(song, info) == null && parts.matches()
        ? parts.group("title")
        : stem(song.getFilepath());
  }

  /**
   * The artist; null where nobody says.
   *
   * @param info what the file says of itself
   */
  public static @Nullable String artist(SongRef song, AudioInfo info) {
    String artist = said(song, info);
    if (artist == null && song.getTitle() == null && info.getTitle() == null) {
      Matcher parts = parts(song);
      return parts.matches() ? parts.group("artist") : null;
    }
    return artist;
  }

  private static @Nullable String said(SongRef song, AudioInfo info) {
    return song.getArtist() == null ? info.getArtist() : song.getArtist();
  }

  private static Matcher parts(SongRef song) {
    return ARTIST_AND_TITLE.matcher(stem(song.getFilepath()));
  }

  /** A file's name without its extension. */
  public static String stem(String filepath) {
    String name = filepath.substring(filepath.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
