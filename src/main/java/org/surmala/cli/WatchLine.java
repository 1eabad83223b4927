package org.surmala.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surmala.watch.NewSong;
import org.surmala.watch.WatchProgress;

/**
 * Shows the progress of a watch whenever it changes: on a terminal one line that is overwritten,
 * elsewhere a new line. Songs are printed to standard output, one per line, as text or JSON.
 */
final class WatchLine implements Consumer<WatchProgress>, AutoCloseable {
  private static final int WIDTH = 78;
  private static final int TITLE_WIDTH = 26;
  private static final int CLUSTER_WIDTH = 18;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private final boolean json;
  private @Nullable WatchProgress shown;

  WatchLine(PrintWriter out, PrintWriter err, boolean terminal, boolean json) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.json = json;
  }

  /** Prints an assigned song. */
  void song(NewSong song) {
    clear();
    out.println(json ? asJson(song) : words(song));
    out.flush();
  }

  /** Prints a note about the watch itself. */
  void note(String line) {
    clear();
    MessageLine.print(err, line, terminal);
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

  /** Clears the live line. */
  void clear() {
    if (terminal && shown != null) {
      err.print("\r" + " ".repeat(WIDTH) + "\r");
      err.flush();
      shown = null;
    }
  }

  /** Title, cluster, novelty and the nearest songs in 79 columns; {@code --json} has all. */
  private static String words(NewSong song) {
    String like =
        song.neighbours().stream().map(NewSong.Neighbour::title).collect(Collectors.joining(", "));
    String line =
        DisplayWidth.fit(song.title(), TITLE_WIDTH)
            + "  "
            + DisplayWidth.fit(song.cluster(), CLUSTER_WIDTH)
            + "  "
            + (song.novelty() == null
                ? "           "
                : String.format(Locale.ROOT, "novelty %.1f", song.novelty()))
            + (like.isEmpty() ? "" : "  like " + like);
    return DisplayWidth.fit(line, LineWrap.WIDTH).stripTrailing();
  }

  /** The record's components as JSON, by name and in order. */
  private static String asJson(NewSong song) {
    try {
      return JSON.writeValueAsString(song);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the song cannot be written as JSON: " + e.getMessage(), e);
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
            progress.fitting()
                ? " · fitting"
                : progress.refit() == null ? "" : " · refit due (" + progress.refit() + ")");
  }
}
