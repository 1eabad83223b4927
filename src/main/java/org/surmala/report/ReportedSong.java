package org.surmala.report;

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
   * What the owner says goes before the file's tags; a song without any title goes by its file's
   * name.
   */
  static ReportedSong of(SongRef found, HeardSong heard) {
    AudioInfo info = heard.getInfo();
    SongRef.Builder song = SongRef.newBuilder(found);
    if (found.getTitle() == null) {
      song.setTitle(info.getTitle() == null ? nameOf(found.getFilepath()) : info.getTitle());
    }
    if (found.getArtist() == null) {
      song.setArtist(info.getArtist());
    }
    if (found.getLyrics() == null) {
      song.setLyrics(info.getLyrics());
    }
    return new ReportedSong(song.build(), info, heard.getLoudnessLufs());
  }

  /** The title of a song that has no other: its file's name without the extension. */
  public static String nameOf(String filepath) {
    String name = filepath.substring(filepath.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
