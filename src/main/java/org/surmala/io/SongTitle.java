package org.surmala.io;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SongRef;

/**
 * The title and artist of a song: from the user's metadata; else the file's tags; else the file's
 * name. A name is parsed by {@code read.title_pattern}; else a leading track number ({@code NN - }
 * or {@code NN. }) is dropped, and {@code Artist - Title} gives both, if neither the metadata nor
 * the tags have a title or artist.
 *
 * @param artist null where nobody names one
 * @param source of the title
 */
public record SongTitle(String title, @Nullable String artist, Source source) {
  private static final Pattern TRACK_NUMBER =
      Pattern.compile("^\\d{1,3}(?:\\s+[-\u2013\u2014]|\\.)\\s+(?=\\S)");

  /**
   * One hyphen or dash between blanks, without a number before it: the number may be a track's, and
   * with more parts the artist is ambiguous.
   */
  private static final Pattern ARTIST_AND_TITLE =
      Pattern.compile(
          "(?<artist>(?!\\d+\\b)(?:(?!\\s[-\u2013\u2014]\\s).)*\\S)\\s+[-\u2013\u2014]\\s+"
              + "(?<title>\\S(?:(?!\\s[-\u2013\u2014]\\s).)*)");

  /** What tags have in the place of an artist whom nobody knows, or of many. */
  private static final Pattern NOBODY =
      Pattern.compile(
          "[^\\p{L}\\p{N}]*((unknown|various)( artists?)?|v[./]?a\\.?)[^\\p{L}\\p{N}]*",
          Pattern.CASE_INSENSITIVE);

  /** The source of a title. */
  public enum Source {
    /** The metadata or feature table of the user. */
    TABLE,
    /** The file's tags. */
    TAGS,
    /** The file's name. */
    FILENAME;

    /** The name in tables. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Title and artist of a song. */
  public static SongTitle of(SongRef song, AudioInfo info) {
    String artist = artist(song, info);
    String given = song.getTitle() == null ? info.getTitle() : song.getTitle();
    SongTitle named = ofName(song, artist == null);
    if (given == null) {
      return new SongTitle(
          named.title(), artist == null ? named.artist() : artist, Source.FILENAME);
    }
    // A watch reads back its own titles.
    Source source =
        given.equals(info.getTitle())
            ? Source.TAGS
            : info.getTitle() == null && given.equals(named.title())
                ? Source.FILENAME
                : Source.TABLE;
    return new SongTitle(given, artist, source);
  }

  /**
   * The artist by the user's metadata, else by the file's tags. What says that the artist is
   * unknown, or that there are various ones, counts as nothing.
   *
   * @param song null where nothing is known of the file but its tags
   * @param info what the file says of itself
   * @return null where neither names one
   */
  public static @Nullable String artist(@Nullable SongRef song, AudioInfo info) {
    String owners = song == null ? null : known(song.getArtist());
    return owners == null ? known(info.getArtist()) : owners;
  }

  private static @Nullable String known(@Nullable String artist) {
    return artist == null || NOBODY.matcher(artist).matches() ? null : artist;
  }

  private static SongTitle ofName(SongRef song, boolean splits) {
    String title = song.getNameTitle();
    return title == null
        ? ofName(song.getFilepath(), splits)
        : new SongTitle(title, known(song.getNameArtist()), Source.FILENAME);
  }

  /** Title and artist from a file name; {@code Artist - Title} is split if {@code splits}. */
  public static SongTitle ofName(String filepath, boolean splits) {
    String name = TRACK_NUMBER.matcher(stem(filepath)).replaceFirst("");
    Matcher parts = ARTIST_AND_TITLE.matcher(name);
    return splits && parts.matches()
        ? new SongTitle(parts.group("title"), known(parts.group("artist")), Source.FILENAME)
        : new SongTitle(name, null, Source.FILENAME);
  }

  /** A file's name without its extension. */
  public static String stem(String filepath) {
    String name = filepath.substring(filepath.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
