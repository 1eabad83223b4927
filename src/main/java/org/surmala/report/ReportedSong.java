package org.surmala.report;

import org.surmala.io.SongTitle;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

/**
 * A song as it appears in the results.
 *
 * @param song identity, path and what its owner says of it, tags filled in
 * @param info what the file says of itself
 * @param titleSource where its title is from
 * @param loudnessLufs integrated loudness of the segment before normalisation, LUFS
 */
public record ReportedSong(SongRef song, AudioInfo info, SongTitle.Source titleSource, double loudnessLufs) {
  /** The user's metadata take precedence over the file's tags, and these over its name. */
  public static ReportedSong of(SongRef found, SongAudioInfo audio) {
    AudioInfo info = audio.getInfo();
    SongTitle title = SongTitle.of(found, info);
    SongRef.Builder song =
        SongRef.newBuilder(found).setTitle(title.title()).setArtist(title.artist());
    if (found.getAlbum() == null) {
      song.setAlbum(info.getAlbum());
    }
    if (found.getLyrics() == null) {
      song.setLyrics(info.getLyrics());
    }
    return new ReportedSong(song.build(), info, title.source(), audio.getLoudnessLufs());
  }
}
