package org.surmala.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

/**
 * Clusters as Unicode 15.1's GraphemeBreakTest and the Bengali chapter of the standard have them.
 */
final class GraphemesTest {
  @Test
  void givenBangla_whenCut_thenVowelSignsAndConjunctsStayWhole() {
    assertThat(Graphemes.of("বাংলা গান")).containsExactly(" ", "বাং", "লা", " ", "গা", "ন", " ");
    assertThat(Graphemes.of("ক্ষমা")).containsExactly(" ", "ক্ষ", "মা", " ");
    assertThat(Graphemes.of("সন্ধ্যা")).containsExactly(" ", "স", "ন্ধ্যা", " ");
    // A virama before a zero-width non-joiner does not join, one before a joiner does.
    assertThat(Graphemes.of("ক্\u200Cষ")).containsExactly(" ", "ক্\u200C", "ষ", " ");
    assertThat(Graphemes.of("ক্\u200Dষ")).containsExactly(" ", "ক্\u200Dষ", " ");
  }

  @Test
  void givenOneTextInTwoNormalForms_whenCut_thenClustersAreTheSame() {
    String text = "Café naïve য় ড়";
    assertThat(Graphemes.of(Normalizer.normalize(text, Normalizer.Form.NFD)))
        .isEqualTo(Graphemes.of(text))
        .contains("é", "ï");
  }

  @Test
  void givenCapitals_whenCut_thenTheyAreFolded() {
    assertThat(Graphemes.of("Straße")).isEqualTo(Graphemes.of("STRASSE"));
    assertThat(Graphemes.of("ΣΊΣΥΦΟΣ").size()).isEqualTo(Graphemes.of("σίσυφος").size());
  }

  @Test
  void givenPunctuationAndLines_whenCut_thenTheyAreOneGap() {
    assertThat(Graphemes.of("  Oh — (la,\n la)!"))
        .containsExactly(" ", "o", "h", " ", "l", "a", " ", "l", "a", " ");
    assertThat(Graphemes.of("12 o'clock")).startsWith(" ", "1", "2", " ", "o", " ", "c");
  }

  @Test
  void givenNothingToRead_whenCut_thenThereIsNothing() {
    assertThat(Graphemes.of("")).isEmpty();
    assertThat(Graphemes.of(" …\n♪ ♫")).isEmpty();
  }
}
