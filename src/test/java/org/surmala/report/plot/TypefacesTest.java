package org.surmala.report.plot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Text as glyphs, held to HarfBuzz. Each line of golden/text/shaped.tsv is a text, its font, and
 * the advance in thousandths and the glyphs of {@code hb-shape} (HarfBuzz 6.0.0, features -kern,
 * -liga, -clig) for the text in NFC and that font's file.
 */
final class TypefacesTest {
  private static final int BOX = 0;
  private static final int INVISIBLE = 0xFFFF;

  @SuppressWarnings("NullAway.Init") // open sets it before each test.
  private Typefaces typefaces;

  @BeforeEach
  void open() throws Exception {
    typefaces = Typefaces.open();
  }

  static Stream<String> shaped() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(
            TypefacesTest.class.getResourceAsStream("/golden/text/shaped.tsv"))) {
      return new String(in.readAllBytes(), UTF_8).lines();
    }
  }

  @ParameterizedTest
  @MethodSource("shaped")
  void givenTextOfAScript_whenShaped_thenItsFontAndGlyphsAreThoseOfHarfBuzz(String line) {
    String[] expected = line.split("\t", -1);
    GlyphLine glyphs = typefaces.shape(expected[0], 1000, false);

    assertThat(glyphs.runs()).extracting(run -> run.face().name()).containsOnly(expected[1]);
    assertThat(glyphs.advance()).isEqualTo(Double.parseDouble(expected[2]));
    assertThat(String.join(" ", codes(glyphs).stream().map(String::valueOf).toList()))
        .isEqualTo(expected[3]);
    assertThat(typefaces.missing()).isEmpty();
  }

  private static List<Integer> codes(GlyphLine line) {
    List<Integer> codes = new ArrayList<>();
    for (GlyphLine.Run run : line.runs()) {
      GlyphVector glyphs = run.glyphs();
      for (int i = 0; i < glyphs.getNumGlyphs(); i++) {
        if (glyphs.getGlyphCode(i) != INVISIBLE) {
          codes.add(glyphs.getGlyphCode(i));
        }
      }
    }
    return codes;
  }

  /** The fonts from left to right; neighbouring runs of one font count once. */
  private List<String> fonts(String text) {
    List<String> fonts = new ArrayList<>();
    for (GlyphLine.Run run : typefaces.shape(text, 10, false).runs()) {
      String font = run.face().name().replaceAll("NotoSans|-Regular", "");
      if (fonts.isEmpty() || !fonts.get(fonts.size() - 1).equals(font)) {
        fonts.add(font);
      }
    }
    return fonts;
  }

  @Test
  void givenASymbolAmongWords_whenShaped_thenOnlyTheSymbolHasAnotherFont() {
    assertThat(fonts("x → 10 ≥ 5")).containsExactly("", "Math", "", "Math", "");
    assertThat(fonts("Note (গান) 中")).containsExactly("", "Bengali", "", "CJK");
  }

  @Test
  void givenTwoDirections_whenShaped_thenRunsStandAsTheyAreSeen() {
    // In a text that begins with Arabic the number and the Latin word stand at the left.
    assertThat(fonts("نور (test) 12")).containsExactly("", "Arabic");
    assertThat(fonts("a نور b")).containsExactly("", "Arabic", "");
  }

  @Test
  void givenNamesInParts_whenShaped_thenTheyAreComposed() {
    for (String text : List.of("사랑은", "Voilà", "カタガナ")) {
      String parts = Normalizer.normalize(text, Normalizer.Form.NFD);
      assertThat(parts).isNotEqualTo(text);
      assertThat(codes(typefaces.shape(parts, 10, false)))
          .isEqualTo(codes(typefaces.shape(text, 10, false)))
          .doesNotContain(BOX);
    }
    assertThat(typefaces.missing()).isEmpty();
  }

  @Test
  void givenWhatNoFontHas_whenShaped_thenItIsABoxAndItsScriptIsNamed() {
    // Tibetan, an emoji and an unassigned code point; not the selector of the heart's variant.
    GlyphLine line = typefaces.shape("a བ ❤\ufe0f 👍 \ud87f\udf00", 10, false);

    assertThat(codes(line).stream().filter(code -> code == BOX)).hasSize(3);
    assertThat(line.outline(new AffineTransform()).getBounds2D().getMaxX())
        .isGreaterThan(typefaces.width("a བ ❤\ufe0f ", 10, false));
    assertThat(typefaces.missing()).containsExactly("Tibetan", "Unknown", "symbol");
  }
}
