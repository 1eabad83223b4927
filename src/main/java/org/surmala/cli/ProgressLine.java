package org.surmala.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.surmala.runner.RunProgress;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Shows the progress of a run: on a terminal one line that is overwritten, elsewhere a new line
 * every few seconds.
 */
final class ProgressLine implements Consumer<RunProgress>, AutoCloseable {
  private static final int WIDTH = 78;
  private static final long LOG_EVERY_NANOS = Duration.ofSeconds(5).toNanos();
  private static final double NANOS = 1e-9;

  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private String stage = "";
  private long stageStart;
  private long stageDone;
  private long lastLog;
  private boolean drawn;

  ProgressLine(PrintWriter err, boolean terminal, LongSupplier nanoTime) {
    this.err = err;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.lastLog = nanoTime.getAsLong();
  }

  /** On the command's standard error, by the system's clock. */
  static ProgressLine of(CommandSpec spec) {
    return new ProgressLine(
        spec.commandLine().getErr(), Boolean.getBoolean("surmala.terminal"), System::nanoTime);
  }

  @Override
  public void accept(RunProgress progress) {
    long now = nanoTime.getAsLong();
    if (!progress.stage().equals(stage)) {
      stage = progress.stage();
      stageStart = now;
      stageDone = progress.done();
    }
    if (terminal) {
      err.print("\r" + padded(text(progress, now)));
      err.flush();
      drawn = true;
    } else if (now - lastLog >= LOG_EVERY_NANOS) {
      lastLog = now;
      err.println(text(progress, now));
    }
  }

  /** Takes the live line away. */
  @Override
  public void close() {
    if (drawn) {
      err.print("\r" + " ".repeat(WIDTH) + "\r");
      err.flush();
      drawn = false;
    }
  }

  private String text(RunProgress progress, long now) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%-8s %d", progress.stage(), progress.done()));
    if (progress.of() > 0) {
      line.append('/').append(progress.of());
    }
    line.append(' ').append(progress.unit());
    double seconds = (now - stageStart) * NANOS;
    double rate = seconds > 0 ? (progress.done() - stageDone) / seconds : 0;
    if (rate > 0) {
      line.append(String.format(Locale.ROOT, " · %.1f %s/s", rate, progress.unit()));
      if (progress.of() > progress.done()) {
        long left = Math.round((progress.of() - progress.done()) / rate);
        line.append(String.format(Locale.ROOT, " · %d:%02d left", left / 60, left % 60));
      }
    }
    if (!progress.note().isEmpty()) {
      line.append(" · ").append(progress.note());
    }
    if (progress.failed() > 0) {
      line.append(" · ").append(progress.failed()).append(" failed");
    }
    return line.toString();
  }

  private static String padded(String text) {
    return text.length() >= WIDTH
        ? text.substring(0, WIDTH)
        : text + " ".repeat(WIDTH - text.length());
  }
}
