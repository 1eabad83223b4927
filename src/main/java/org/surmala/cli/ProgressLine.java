package org.surmala.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.surmala.runner.RunProgress;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Shows the progress of a run: on a terminal one line that is overwritten, elsewhere a new line for
 * each stage and every few seconds. The estimate of the remaining time is for the whole run, and
 * never increases.
 */
final class ProgressLine implements Consumer<RunProgress>, AutoCloseable {
  private static final int WIDTH = 78;
  private static final long LOG_EVERY_NANOS = Duration.ofSeconds(5).toNanos();
  private static final double NANOS = 1e-9;

  /** Shortest time for an estimate: earlier rates are too imprecise. */
  private static final double LEAST_SECONDS = 4;

  /**
   * Duration of the later stages as a multiple of a stage's own duration, measured with 870 songs:
   * decoding took 53 s of 85 s; and with nothing to decode.
   */
  private static final Map<String, Double> STAGES_AFTER = Map.of("decode", 0.6, "train", 3.0);

  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private String stage = "";
  private long stageStart;
  private long stageDone;
  private long lastLog;
  private double endSeconds = Double.POSITIVE_INFINITY;
  private boolean drawn;

  ProgressLine(PrintWriter err, boolean terminal, LongSupplier nanoTime) {
    this.err = err;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.lastLog = nanoTime.getAsLong();
  }

  /** A progress line on the command's standard error, with the system clock. */
  static ProgressLine of(CommandSpec spec) {
    return new ProgressLine(
        spec.commandLine().getErr(), Boolean.getBoolean("surmala.terminal"), System::nanoTime);
  }

  @Override
  public void accept(RunProgress progress) {
    long now = nanoTime.getAsLong();
    boolean isNewStage = !progress.stage().equals(stage);
    if (isNewStage) {
      stage = progress.stage();
      stageStart = now;
      stageDone = progress.done();
    }
    if (terminal) {
      err.print("\r" + padded(text(progress, now)));
      err.flush();
      drawn = true;
    } else if (isNewStage || now - lastLog >= LOG_EVERY_NANOS) {
      lastLog = now;
      err.println(text(progress, now));
    }
  }

  /** Clears the live line. */
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
    line.append(String.format(Locale.ROOT, "%-8s", progress.stage()));
    if (progress.unit().isEmpty()) {
      line.append(' ').append(progress.note());
    } else {
      line.append(' ').append(progress.done());
      if (progress.of() > 0) {
        line.append('/').append(progress.of());
      }
      line.append(' ').append(progress.unit());
    }
    double seconds = (now - stageStart) * NANOS;
    double rate = seconds > 0 ? (progress.done() - stageDone) / seconds : 0;
    if (rate > 0) {
      line.append(String.format(Locale.ROOT, " · %.1f %s/s", rate, progress.unit()));
      estimate(progress, now * NANOS, seconds, rate);
    }
    long left = endSeconds == Double.POSITIVE_INFINITY ? 0 : Math.round(endSeconds - now * NANOS);
    if (left > 0) {
      line.append(String.format(Locale.ROOT, " · %d:%02d left", left / 60, left % 60));
    }
    if (progress.failed() > 0) {
      line.append(" · ").append(progress.failed()).append(" failed");
    }
    if (!progress.unit().isEmpty() && !progress.note().isEmpty()) {
      line.append(" · ").append(progress.note());
    }
    return line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line.toString();
  }

  private void estimate(RunProgress progress, double now, double seconds, double rate) {
    Double after = STAGES_AFTER.get(progress.stage());
    if (after != null && progress.of() > progress.done() && seconds >= LEAST_SECONDS) {
      double left = (progress.of() - progress.done()) / rate;
      endSeconds = Math.min(endSeconds, now + left + after * (seconds + left));
    }
  }

  private static String padded(String text) {
    return text + " ".repeat(WIDTH - text.length());
  }
}
