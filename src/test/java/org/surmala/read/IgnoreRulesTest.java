package org.surmala.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IgnoreRulesTest {
  private final IgnoreRules rules =
      IgnoreRules.of(
          List.of(
              "Audiobooks/",
              "*.wav",
              "!keep.wav",
              "/top.mp3",
              "a/**/z.mp3",
              "sub/*.ogg",
              "[Ll]ive\\ *.mp3",
              "x?.mp3",
              "space.mp3  ",
              "\\#hash.mp3",
              "foo",
              "**/deep/",
              "ü*.mp3"));

  /** The expected values are those of {@code git check-ignore}, git 2.39. */
  @ParameterizedTest
  @CsvSource({
    "Audiobooks/a.mp3, true",
    "x/Audiobooks/b/a.mp3, true",
    "Audiobooks, false", // a file of this name
    "q.wav, true",
    "d/keep.wav, false",
    "top.mp3, true",
    "d/top.mp3, false",
    "a/z.mp3, true",
    "a/b/c/z.mp3, true",
    "sub/1.ogg, true",
    "sub/d/1.ogg, false",
    "Live at.mp3, true",
    "xy.mp3, true",
    "space.mp3, true",
    "#hash.mp3, true",
    "n/foo/bar.mp3, true",
    "foobar.mp3, false",
    "m/deep/x.mp3, true",
    "x/über.mp3, true",
    "none.mp3, false",
  })
  void givenPatterns_whenAFileIsAsked_thenTheyMeanWhatTheyMeanToGit(String path, boolean ignored) {
    assertThat(rules.ignores(path)).isEqualTo(ignored);
  }

  @Test
  void givenAPatternThatIsNotValid_whenBuilt_thenTheErrorNamesIt() {
    assertThatThrownBy(() -> IgnoreRules.of(List.of("*.wav", "b[")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'b[' is not a valid pattern; write it as in a .gitignore: Audiobooks/");
  }
}
