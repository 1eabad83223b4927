package org.surmala.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TagsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "Björk", "সুরমালা", "日本", "naïve café", "Ünïcödé", "🎵"})
  void givenUtf8_whenRead_thenItIsTheText(String text) {
    assertThat(Tags.text(text.getBytes(UTF_8))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Björk", "সুরমালা", "日本"})
  void givenUtf8EncodedTwice_whenRead_thenItIsTheText(String text) {
    String misread = new String(text.getBytes(UTF_8), ISO_8859_1);

    assertThat(Tags.text(misread.getBytes(UTF_8))).isEqualTo(text);
  }

  @Test
  void givenWindowsBytes_whenRead_thenTheyAreTheText() {
    assertThat(Tags.text("“Motörhead” – Œ".getBytes(Charset.forName("windows-1252"))))
        .isEqualTo("“Motörhead” – Œ");
  }
}
