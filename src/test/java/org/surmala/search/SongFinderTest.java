package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SongFinderTest {
  private final SongFinder finder =
      new SongFinder(
          List.of(
              song("0abc1234", "raw/a/Blue.mp3", "Blue", "Ann"),
              song("0abc5678", "raw/b/Blue.mp3", "Blue in the Morning", null),
              song("fade0000", "raw/c/3.ogg", "Café del Mar", "José"),
              song("11111111", "raw/c/4.ogg", "আমার সোনার বাংলা", "শিল্পী"),
              song("22222222", "raw/c/5.ogg", "আমার সেনার বাংলা", null),
              song("33333333", "raw/c/6.ogg", "Fade", null)));

  private static KnownSong song(String id, String filepath, String title, @Nullable String artist) {
    return new KnownSong(id, filepath, title, artist, "A", "bright", 1, null, null, null, null, 60);
  }

  @ParameterizedTest
  @CsvSource({
    "raw/b/Blue.mp3, 1", // its path
    "b/Blue.mp3, 1", // the end of it
    "Blue.mp3, '0,1'",
    "blue, 0", // the whole title goes before a part
    "'ANN - BLUE', 0",
    "0abc5, 1",
    "0ABC, '0,1'",
    "fade, 5", // a title goes before an id that begins so
    "fade0, 2",
    "raw/c/4, 3", // its path without the extension
    "c/5, 4",
    "'RAW/C/6', 5",
    "morning, 1",
    "cafe  del, 2", // without its accent
    "Jose, 2",
    "আমার সোনার বাংলা, 3", // vowel signs are no accents
    "সেনার, 4",
    "nothing, ''",
    "0ab, ''", // too short for an id
    "' ', ''",
  })
  void givenAText_whenFound_thenTheStrictestWayThatFindsAnyIsTaken(String text, String songs) {
    List<String> found = finder.find(text).stream().map(String::valueOf).toList();

    assertThat(String.join(",", found)).isEqualTo(songs);
  }

  @ParameterizedTest
  @CsvSource({
    "bleu, '0,1'", // two letters swapped
    "Ann - Bule, 0", // each word must be like one
    "Mornig, 1", // a letter missing
    "Cafee dell Mar, 2", // letters too many
    "bluein the morning, 1", // a blank missing
    "আমার সোনর বাংলা, '3,4'", // the likelier first
    "amar sonar, '3,4'", // as people write it in Latin letters
    "xylophone, ''",
    "'- !', ''",
    "'', ''",
  })
  void givenAMisspeltText_whenSuggested_thenTheSongsWithLikeWordsCome(String text, String songs) {
    List<String> suggested = finder.suggest(text, 10).stream().map(String::valueOf).toList();

    assertThat(String.join(",", suggested)).isEqualTo(songs);
  }

  @Test
  void givenMoreLikeSongsThanAsked_whenSuggested_thenOnlySoManyCome() {
    assertThat(finder.suggest("bleu", 1)).containsExactly(0);
  }
}
