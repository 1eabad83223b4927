package org.surmala.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.surmala.pipeline.WatchProgress;

/**
 * Shows where a watch is whenever that changes: on a terminal one line that is drawn over itself,
 * elsewhere a new line. Songs go to standard output, a line each.
 */
final class WatchLine implements Consumer<WatchProgress>, AutoCloseable {
  private static final int WIDTH = 78;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private @Nullable WatchProgress shown;

  WatchLine(PrintWriter out, PrintWriter err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** A song that was placed. */
  void song(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  /** What happened to the watch itself. */
  void note(String line) {
    clear();
    err.println("surmala: " + line);
    err.flush();
  }

  @Override
  public void accept(WatchProgress progress) {
    if (progress.equals(shown)) {
      return;
    }
    shown = progress;
    String text = text(progress);
    if (terminal) {
      err.print("\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())));
    } else {
      err.println(text);
    }
    err.flush();
  }

  @Override
  public void close() {
    clear();
  }

  /** Takes the live line away. */
  void clear() {
    if (terminal && shown != null) {
      err.print("\r" + " ".repeat(WIDTH) + "\r");
      err.flush();
      shown = null;
    }
  }

  static String text(WatchProgress progress) {
    return "found %d · waiting %d · clustered %d · failed %d · %s%s"
        .formatted(
            progress.found(),
            progress.waiting(),
            progress.clustered(),
            progress.failed(),
            progress.model() == null ? "no model yet" : "model " + progress.model(),
            progress.fitting() ? " · fitting" : "");
  }
}
