package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

final class ReportedSongTest {
  @ParameterizedTest
  @CsvSource({
    "a/Asha Bhosle - Dum Maro Dum.mp3, , , Asha Bhosle, Dum Maro Dum",
    "AC-DC - T.N.T..mp3, , , AC-DC, T.N.T.",
    "Cher – Believe.mp3, , , Cher, Believe",
    "01 - Believe.mp3, , , , 01 - Believe",
    "01 - Cher - Believe.mp3, , , , 01 - Cher - Believe",
    "Cher - Believe - Live.mp3, , , , Cher - Believe - Live",
    "Cher-Believe.mp3, , , , Cher-Believe",
    "Cher - Believe.mp3, Strong Enough, , , Strong Enough",
    "Cher - Believe.mp3, , Sonny, Sonny, Cher - Believe"
  })
  void givenAFileName_whenTagsAreMissing_thenArtistAndTitleComeFromOneClearPattern(
      String filepath,
      @Nullable String titleTag,
      @Nullable String artistTag,
      @Nullable String artist,
      String title) {
    SongRef found =
        SongRef.newBuilder()
            .setId("id")
            .setUri("/songs/" + filepath)
            .setFilepath(filepath)
            .setSize(1)
            .setModified(2)
            .build();
    AudioInfo info = new AudioInfo(60.0, 44_100, 2, "mp3", 0L, titleTag, artistTag, null, "sum");

    SongRef song = ReportedSong.of(found, new SongAudioInfo("id", info, -20.0, null, null)).song();

    assertThat(song.getArtist()).isEqualTo(artist);
    assertThat(song.getTitle()).isEqualTo(title);
  }
}
