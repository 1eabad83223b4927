package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.surmala.runner.RunProgress;

final class ProgressLineTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter err = new PrintWriter(text);
  private long now;

  @Test
  void givenATerminal_whenTold_thenOneLineIsDrawnOverAndTakenAway() {
    try (ProgressLine line = new ProgressLine(err, true, () -> now)) {
      line.accept(new RunProgress("decode", 0, 100, "songs", 0));
      now += TimeUnit.SECONDS.toNanos(10);
      line.accept(new RunProgress("decode", 50, 100, "songs", 2));
    }

    String[] drawn = text.toString().split("\r", -1);
    assertThat(drawn[2].strip())
        .isEqualTo("decode   50/100 songs · 5.0 songs/s · 0:10 left · 2 failed");
    assertThat(drawn).allMatch(part -> part.length() < 80 && !part.contains("\n"));
    assertThat(drawn[drawn.length - 2]).isBlank();
  }

  @Test
  void givenNoTerminal_whenTold_thenALineComesEveryFewSeconds() {
    ProgressLine line = new ProgressLine(err, false, () -> now);
    for (int i = 0; i <= 40; i++) {
      line.accept(new RunProgress("decode", i, 0, "songs", 0));
      now += TimeUnit.MILLISECONDS.toNanos(250);
    }
    line.close();

    assertThat(text.toString().lines())
        .containsExactly("decode   20 songs · 4.0 songs/s", "decode   40 songs · 4.0 songs/s");
  }
}
