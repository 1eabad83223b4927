package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
    "01 - Believe.mp3, , , , Believe",
    "01 - Cher - Believe.mp3, , , Cher, Believe",
    "12. Believe.mp3, , , , Believe",
    "01 - 02 - Believe.mp3, , , , 02 - Believe", // one number only
    "99 Luftballons.mp3, , , , 99 Luftballons",
    "1999 - Prince.mp3, , , , 1999 - Prince", // no track's number
    "Cher - Believe - Live.mp3, , , , Cher - Believe - Live",
    "Cher-Believe.mp3, , , , Cher-Believe",
    "Believe [free download].mp3, , , , Believe [free download]",
    "Cher - Believe.mp3, Strong Enough, , , Strong Enough",
    "Cher - Believe.mp3, , Sonny, Sonny, Cher - Believe",
    "01 - Believe.mp3, , Cher, Cher, Believe",
    "Believe.mp3, , <Unknown>, , Believe",
    "Believe.mp3, , Unknown Artist, , Believe",
    "Believe.mp3, , [unknown], , Believe",
    "Believe.mp3, , Various Artists, , Believe",
    "Believe.mp3, , various, , Believe",
    "Believe.mp3, , V.A., , Believe",
    "Believe.mp3, , Various Production, Various Production, Believe",
    "Believe.mp3, , Unknown Mortal Orchestra, Unknown Mortal Orchestra, Believe",
    "Believe.mp3, , Vader, Vader, Believe",
    "Believe.mp3, , Unknown সুর, Unknown সুর, Believe",
    "Cher - Believe.mp3, , Unknown Artist, Cher, Believe",
    "Unknown Artist - Believe.mp3, , , , Believe"
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
    AudioInfo info =
        new AudioInfo(60.0, 44_100, 2, "mp3", 0L, titleTag, artistTag, null, "sum", null, null);

    SongRef song = ReportedSong.of(found, new SongAudioInfo("id", info, -20.0, null, null)).song();

    assertThat(song.getArtist()).isEqualTo(artist);
    assertThat(song.getTitle()).isEqualTo(title);
  }

  @Test
  void givenTagsThatNameTheArtist_whenTheOwnerSaysUnknown_thenTheTagsCount() {
    SongRef found =
        SongRef.newBuilder()
            .setId("id")
            .setUri("/songs/Believe.mp3")
            .setFilepath("Believe.mp3")
            .setArtist("Unknown")
            .setSize(1)
            .setModified(2)
            .build();
    AudioInfo info =
        new AudioInfo(60.0, 44_100, 2, "mp3", 0L, null, "Cher", null, "sum", null, null);

    ReportedSong song = ReportedSong.of(found, new SongAudioInfo("id", info, -20.0, null, null));

    assertThat(song.song().getArtist()).isEqualTo("Cher");
  }

  @ParameterizedTest
  @CsvSource({
    // given, tag, pattern's; title and its source
    "Mine, Tag, Named, Mine, table",
    ", Tag, Named, Tag, tags",
    "Tag, Tag, , Tag, tags", // as a watch reads back what it wrote
    ", , Named, Named, filename",
    "Named, , Named, Named, filename",
    ", , , Name, filename",
    "Name, , , Name, filename",
    "Name, Tag, , Name, table",
  })
  void givenAllSources_whenReported_thenTheFirstThatSaysATitleIsNamed(
      @Nullable String given,
      @Nullable String tag,
      @Nullable String named,
      String title,
      String source) {
    SongRef found =
        SongRef.newBuilder()
            .setId("id")
            .setUri("/songs/03 - Name.mp3")
            .setFilepath("03 - Name.mp3")
            .setTitle(given)
            .setNameTitle(named)
            .setSize(1)
            .setModified(2)
            .build();
    AudioInfo info =
        new AudioInfo(60.0, 44_100, 2, "mp3", 0L, tag, null, null, "sum", "Tagged album", null);

    ReportedSong song = ReportedSong.of(found, new SongAudioInfo("id", info, -20.0, null, null));

    assertThat(song.song().getTitle()).isEqualTo(title);
    assertThat(song.titleSource().label()).isEqualTo(source);
    assertThat(song.song().getAlbum()).isEqualTo("Tagged album");
  }
}
