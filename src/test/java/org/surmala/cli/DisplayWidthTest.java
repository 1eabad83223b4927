package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DisplayWidthTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "Blue, 4",
    "Café, 4",
    "Cafe\u0301, 4", // an accent of its own
    "夜の歌, 6",
    "노래, 4",
    "ＡＢ, 4", // full-width letters
    "🎵, 2",
    "ไทย, 3",
    "กำ, 2",
    "বাংলা, 5", // spacing vowel signs take a column, as in wcwidth
    "হিন্দি, 5", // the virama takes none
  })
  void givenAText_whenMeasured_thenItIsAsWideAsATerminalShowsIt(String text, int columns) {
    assertThat(DisplayWidth.of(text)).isEqualTo(columns);
  }

  @Test
  void givenAWidth_whenFitted_thenTheTextHasExactlyThat() {
    assertThat(DisplayWidth.fit("ab", 4)).isEqualTo("ab  ");
    assertThat(DisplayWidth.fit("abcd", 4)).isEqualTo("abcd");
    assertThat(DisplayWidth.fit("abcde", 4)).isEqualTo("abc…");
    assertThat(DisplayWidth.fit("夜の歌", 4)).isEqualTo("夜… ");
    assertThat(DisplayWidth.fit("line\nbreak", 10)).isEqualTo("line break");
  }
}
