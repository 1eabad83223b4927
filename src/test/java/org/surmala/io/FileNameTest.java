package org.surmala.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FileNameTest {
  @Test
  void givenCharactersThatASystemRefuses_whenNamed_thenEachIsALowLine() {
    assertThat(FileName.of("Late: 1/2?")).isEqualTo("Late_ 1_2_");
    assertThat(FileName.of("a\\b*\"c\"<d>|e\u0007f\u0085g\ud800h")).isEqualTo("a_b__c__d__e_f_g_h");
    assertThat(FileName.of("...hidden")).isEqualTo("_hidden");
    assertThat(FileName.of(" ends. . ")).isEqualTo("ends");
    assertThat(FileName.of("\u202e")).isEqualTo("_");
  }

  @Test
  void givenMarksOfDirection_whenNamed_thenTheyAreLeftOut() {
    String marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";
    for (int i = 0; i < marks.length(); i++) {
      assertThat(FileName.of("my" + marks.charAt(i) + "3pm.exe")).isEqualTo("my3pm.exe");
    }
    assertThat(FileName.of("\ufeffone\u200b\u2028two")).isEqualTo("onetwo");
  }

  @Test
  void givenScriptsThatJoinLetters_whenNamed_thenTheNameStays() {
    String bangla = "র\u200d্যাপ আমার গান";
    assertThat(FileName.of(bangla)).isEqualTo(bangla);
    assertThat(FileName.of("می\u200cخواهم")).isEqualTo("می\u200cخواهم");
    assertThat(FileName.of("🎸 rock")).isEqualTo("🎸 rock");
  }

  @Test
  void givenALongText_whenNamed_thenItIsCutBetweenCharacters() {
    String name = FileName.of("x" + "🎸".repeat(80));
    assertThat(name).isEqualTo("x" + "🎸".repeat(49));
    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSize(197);
  }
}
