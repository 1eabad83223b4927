package org.surmala.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.HeardSong;
import org.surmala.schema.SongRef;

/**
 * A song as the results show it.
 *
 * @param song identity, path and what its owner says of it, tags filled in
 * @param info what the file says of itself
 * @param loudnessLufs integrated loudness of the segment before normalisation, LUFS
 */
public record ReportedSong(SongRef song, AudioInfo info, double loudnessLufs) {
  /**
   * One hyphen or dash between blanks, no number before it: a number may be a track's, and more
   * parts leave open which one is the artist.
   */
  private static final Pattern ARTIST_AND_TITLE =
      Pattern.compile(
          "(?<artist>(?!\\d+\\b)(?:(?!\\s[-\u2013\u2014]\\s).)*\\S)\\s+[-\u2013\u2014]\\s+"
              + "(?<title>\\S(?:(?!\\s[-\u2013\u2014]\\s).)*)");

  /**
   * What the owner says goes before the file's tags. A song without any title goes by its file's
   * name; where neither says title or artist and the name is {@code Artist - Title}, each is taken
   * from it ({@link #ARTIST_AND_TITLE}).
   */
  static ReportedSong of(SongRef found, HeardSong heard) {
    AudioInfo info = heard.getInfo();
    SongRef.Builder song = SongRef.newBuilder(found);
    if (found.getTitle() == null) {
      song.setTitle(info.getTitle() == null ? stem(found.getFilepath()) : info.getTitle());
    }
    if (found.getArtist() == null) {
      song.setArtist(info.getArtist());
    }
    if (found.getTitle() == null && info.getTitle() == null && song.getArtist() == null) {
      Matcher name = ARTIST_AND_TITLE.matcher(song.getTitle());
      if (name.matches()) {
        song.setArtist(name.group("artist")).setTitle(name.group("title"));
      }
    }
    if (found.getLyrics() == null) {
      song.setLyrics(info.getLyrics());
    }
    return new ReportedSong(song.build(), info, heard.getLoudnessLufs());
  }

  private static String stem(String filepath) {
    String name = filepath.substring(filepath.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
