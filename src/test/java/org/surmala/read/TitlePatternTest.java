package org.surmala.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TitlePatternTest {
  @ParameterizedTest
  @CsvSource({
    "Cher - Believe [free download], Cher, Believe",
    "Cher - Believe, Cher, Believe",
    "Believe [free download], , ",
    "' - ', , ",
  })
  void givenAPatternThatCutsBrackets_whenANameIsRead_thenTheRestIsArtistAndTitle(
      String name, @Nullable String artist, @Nullable String title) {
    TitlePattern pattern = TitlePattern.of("(?<artist>.+?) - (?<title>.+?)(?: *\\[[^\\]]*\\])?");

    assertThat(pattern.title(name)).isEqualTo(title);
    assertThat(pattern.artist(name)).isEqualTo(artist);
  }

  @Test
  void givenAPatternWithoutArtist_whenANameIsRead_thenItHasATitleOnly() {
    TitlePattern pattern = TitlePattern.of("\\d+_(?<title>.+)");

    assertThat(pattern.title("07_Believe")).isEqualTo("Believe");
    assertThat(pattern.artist("07_Believe")).isNull();
  }

  @Test
  void givenNoPattern_whenANameIsRead_thenItSaysNothing() {
    assertThat(TitlePattern.of("").title("Cher - Believe")).isNull();
  }

  @Test
  void givenAWrongPattern_whenCompiled_thenTheErrorSaysWhatIsWrong() {
    assertThatThrownBy(() -> TitlePattern.of("(?<title>.+"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "read.title_pattern is '(?<title>.+', which is not a regular expression: Unclosed group"
                + " at character 12");
    assertThatThrownBy(() -> TitlePattern.of("(.+) - (.+)"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "read.title_pattern is '(.+) - (.+)', which has no group (?<title>…)");
  }
}
