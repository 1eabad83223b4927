package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextTest {
  @Test
  void givenALongText_whenWrapped_thenItBreaksAtSpacesAndCommasAndLosesNothing() {
    String text = "one two,three ".repeat(20).strip();

    var lines = Text.wrap("head ", text, "  ");

    assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.length() <= Text.WIDTH);
    assertThat(String.join("", lines).replace(" ", "")).isEqualTo("head" + text.replace(" ", ""));
  }
}
