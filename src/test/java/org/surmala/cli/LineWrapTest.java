package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LineWrapTest {
  @Test
  void givenALongText_whenWrapped_thenItBreaksAtSpacesAndCommasAndLosesNothing() {
    String text = "one two,three ".repeat(20).strip();

    var lines = LineWrap.wrap("head ", text, "  ");

    assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.length() <= LineWrap.WIDTH);
    assertThat(String.join("", lines).replace(" ", "")).isEqualTo("head" + text.replace(" ", ""));
  }
}
