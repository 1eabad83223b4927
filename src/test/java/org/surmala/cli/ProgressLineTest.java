package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        .isEqualTo("decode   50/100 songs · 5.0 songs/s · 0:22 left · 2 failed");
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
        .containsExactly(
            "decode   0 songs",
            "decode   20 songs · 4.0 songs/s",
            "decode   40 songs · 4.0 songs/s");
  }

  @Test
  void givenStagesThatEndAtOnce_whenTold_thenEachHasALineAndReportIsTheLast() {
    try (ProgressLine line = new ProgressLine(err, false, () -> now)) {
      line.accept(new RunProgress("read", 0, 3, "songs", 0));
      line.accept(
          new RunProgress("train", 1, 400, "epochs", 1, "neighbour_vae, " + "x".repeat(90)));
      line.accept(new RunProgress("report", 0, 0, "", 0, "tables, plots, page"));
    }

    assertThat(text.toString().lines().toList())
        .startsWith("read     0/3 songs")
        .endsWith("report   tables, plots, page")
        .allMatch(line -> line.length() < 80);
  }

  @Test
  void givenARateThatFalls_whenTold_thenTheEstimateDoesNotGrow() {
    long last = Long.MAX_VALUE;
    try (ProgressLine line = new ProgressLine(err, false, () -> now)) {
      long done = 0;
      for (int second = 0; second <= 60; second++) {
        line.accept(new RunProgress("decode", done, 1_000, "songs", 0));
        done += second < 20 ? 20 : 2;
        now += TimeUnit.SECONDS.toNanos(1);
      }
    }

    int estimates = 0;
    for (String line : text.toString().lines().toList()) {
      Matcher left = Pattern.compile("(\\d+):(\\d\\d) left").matcher(line);
      if (left.find()) {
        long seconds = 60 * Long.parseLong(left.group(1)) + Long.parseLong(left.group(2));
        assertThat(seconds).isLessThan(last);
        last = seconds;
        estimates++;
      }
    }
    assertThat(estimates).isGreaterThan(3);
  }
}
