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
 * @param song identity, path and what its owner says of it, tags filled in
 * @param info what the file says of itself
 * @param loudnessLufs integrated loudness of the segment before normalisation, LUFS
 * @param bpm beats per minute; null where no beat was found
 * @param key null where none was found
 */
public record ReportedSong(
    SongRef song,
    AudioInfo info,
    double loudnessLufs,
    @Nullable Double bpm,
    @Nullable MusicalKey key) {
  /** The user's metadata take precedence over the file's tags, and these over its name. */
  public static ReportedSong of(SongRef found, SongAudioInfo audio) {
    AudioInfo info = audio.getInfo();
    SongRef.Builder song =
        SongRef.newBuilder(found)
            .setTitle(SongTitle.of(found, info))
            .setArtist(SongTitle.artist(found, info));
    if (found.getLyrics() == null) {
      song.setLyrics(info.getLyrics());
    }
    String key = audio.getKey();
    return new ReportedSong(
        song.build(),
        info,
        audio.getLoudnessLufs(),
        audio.getBpm(),
        key == null ? null : MusicalKey.parse(key));
  }
}
