package org.surmala.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

/** The songs of a run as they appear in its results, read from the records beside them. */
public final class ReportedSongs {
  private ReportedSongs() {}

  /**
   * The songs that were decoded, by id.
   *
   * @param results folder of the results, ending in a slash, on any Beam file system
   * @throws java.io.FileNotFoundException if the folder has no results of a run
   * @throws IOException if a file cannot be read
   */
  public static Map<String, ReportedSong> read(String results) throws IOException {
    return join(StoredRecords.songs(results), StoredRecords.audio(results));
  }

  /** The songs that have both records, by id. */
  static Map<String, ReportedSong> join(List<SongRef> songs, List<SongAudioInfo> audio) {
    Map<String, SongAudioInfo> ears = new HashMap<>();
    audio.forEach(song -> ears.put(song.getId(), song));
    Map<String, ReportedSong> reported = new HashMap<>();
    for (SongRef song : songs) {
      SongAudioInfo known = ears.get(song.getId());
      if (known != null) {
        reported.put(song.getId(), ReportedSong.of(song, known));
      }
    }
    return reported;
  }
}
