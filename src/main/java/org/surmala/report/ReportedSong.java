package org.surmala.report;

import org.jspecify.annotations.Nullable;
import org.surmala.dsp.MusicalKey;
import org.surmala.io.SongTitle;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

/**
 * A song as it appears in the results.
 *
 * @param song identity, path and metadata, completed by tags
 * @param info properties and tags of the file
 * @param loudnessLufs integrated loudness of the segment before normalisation, LUFS
 * @param bpm beats per minute; null without a clear beat
 * @param key the key; null without a clear key
 */
public record ReportedSong(
    SongRef song,
    AudioInfo info,
    SongTitle.Source titleSource,
    double loudnessLufs,
    @Nullable Double bpm,
    @Nullable MusicalKey key) {
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
    String key = audio.getKey();
    return new ReportedSong(
        song.build(),
        info,
        title.source(),
        audio.getLoudnessLufs(),
        audio.getBpm(),
        key == null ? null : MusicalKey.parse(key));
  }
}
