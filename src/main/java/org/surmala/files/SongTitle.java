package org.surmala.files;

import org.surmala.schema.AudioInfo;
import org.surmala.schema.SongRef;

/** The title that a song goes by in every result. */
public final class SongTitle {
  private SongTitle() {}

  /**
   * What the owner says; else the file's tag; else the file's name without its extension.
   *
   * @param info what the file says of itself
   */
  public static String of(SongRef song, AudioInfo info) {
    if (song.getTitle() != null) {
      return song.getTitle();
    }
    return info.getTitle() == null ? stem(song.getFilepath()) : info.getTitle();
  }

  /** A file's name without its extension. */
  public static String stem(String filepath) {
    String name = filepath.substring(filepath.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
