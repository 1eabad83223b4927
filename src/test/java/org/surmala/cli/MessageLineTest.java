package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class MessageLineTest {
  private static final String LONG =
      "--songs '/music/of/somebody' is not there; give a folder, a glob in quotes, or a metadata.csv";

  private static String printed(boolean isTerminal) {
    StringWriter text = new StringWriter();
    MessageLine.print(new PrintWriter(text), LONG, isTerminal);
    return text.toString();
  }

  @Test
  void givenALog_whenPrinted_thenTheMessageIsOneLine() {
    assertThat(printed(false).lines()).containsExactly("surmala: " + LONG);
  }

  @Test
  void givenATerminal_whenPrinted_thenEveryLineFitsAndNothingIsLost() {
    assertThat(printed(true).lines()).hasSize(2).allMatch(line -> line.length() < 80);
    assertThat(printed(true).replaceAll("\\s+", " ").strip()).isEqualTo("surmala: " + LONG);
  }
}
