package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SongConditionTest {
  private static final List<String> COLUMNS =
      List.of("genre", "bpm", "play count", "title", "year");
  private static final Map<String, String> SONG =
      Map.of("genre", "Hip-Hop", "bpm", "98.5", "play count", "12", "title", "Café del Mar");

  private static boolean test(String condition) {
    return SongCondition.parse(condition, COLUMNS).test(column -> SONG.getOrDefault(column, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genre = hip-hop",
        "genre != Audiobook and bpm in 90..120",
        "genre!=Audiobook and bpm in 90 .. 120",
        "bpm = 98.50",
        "bpm >= 98.5 and bpm <= 98.5 and not bpm < 98.5 and not bpm > 98.5",
        "bpm in 98.5..98.5",
        "'play count' > 9", // as numbers, although 12 comes before 9 as text
        "\"play count\" in (11, 12)",
        "genre in (Rock, 'Hip-Hop')",
        "genre not in (Rock, Jazz)",
        "title contains CAFE",
        "title not contains coffee",
        "title contains \"del mar\"",
        "title < d",
        "title in a..d",
        "year = ''", // empty
        "year != 1999",
        "not year < 1999 and not year >= 1999", // what is not known has no order
        "genre = Rock or genre = Jazz or bpm > 90",
        "(genre = Rock or bpm > 90) and not (genre = Rock)",
        "bpm > 90 or genre = Rock and genre = Jazz", // and before or
        "NOT genre = Rock AND bpm IN 90..120",
        "bpm > -3 and bpm < 1e3",
      })
  void givenACondition_whenTheSongMeetsIt_thenItPasses(String condition) {
    assertThat(test(condition)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genre = rock",
        "bpm in 100..120",
        "bpm not in 90..120",
        "genre > 3", // no number
        "genre in (Rock, Jazz)",
        "year in 1990..2000",
        "year contains 9",
        "not (bpm > 90 or genre = Rock)",
        "bpm = '98.50'", // in quotes it is text
      })
  void givenACondition_whenTheSongDoesNotMeetIt_thenItFails(String condition) {
    assertThat(test(condition)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gerne = Rock|character 1: there is no column 'gerne'; did you mean 'genre'?; the columns"
            + " are genre, bpm, play count, title, year",
        "bpm = 3 and mood = x|character 13: there is no column 'mood'; the columns are genre, bpm,"
            + " play count, title, year",
        "genre = Hip Hop|character 13: expected and, or, or the end, found 'Hop'; put a value with"
            + " spaces in quotes",
        "genre|character 6: expected =, !=, <, <=, >, >=, in or contains after the column, found"
            + " the end",
        "genre is Rock|character 7: expected =, !=, <, <=, >, >=, in or contains after the column,"
            + " found 'is'",
        "genre not Rock|character 11: expected in or contains after not, found 'Rock'",
        "genre =|character 8: expected a value, found the end",
        "bpm in 90|character 10: expected '..', found the end",
        "bpm in 120..90|character 8: the range is empty: its first value is above its last; swap"
            + " them",
        "bpm in (90|character 11: expected ')', found the end",
        "(bpm = 90|character 10: expected ')', found the end",
        "bpm = 90)|character 9: expected and, or, or the end, found ')'; put a value with spaces in"
            + " quotes",
        "genre = 'Rock|character 9: a quote is not closed",
        "genre ! Rock|character 7: '!' has no meaning here; put text with signs in quotes",
        "= Rock|character 1: expected a column, found '='",
        "genre = Rock and|character 17: expected a column, found the end",
        "``|character 1: expected a column, found the end",
      })
  void givenAMistake_whenParsed_thenTheErrorSaysWhereAndWhat(String condition, String message) {
    assertThatThrownBy(() -> SongCondition.parse(condition, COLUMNS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + condition + "', " + message);
  }
}
