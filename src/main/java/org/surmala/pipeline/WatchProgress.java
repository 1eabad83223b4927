package org.surmala.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a watch is.
 *
 * @param waiting files that are still growing, or not yet heard, or that wait for a first model
 * @param heard songs whose features are known
 * @param clustered songs with a cluster
 * @param failed files in the failure ledger
 * @param model version of the model; null while there is none
 * @param fitting whether the next one is being made
 */
public record WatchProgress(
    long waiting,
    long heard,
    long clustered,
    long failed,
    @Nullable String model,
    boolean fitting) {
  private static final int MOST_UNREAD = 10_000;
  private static final List<String> LINES = new ArrayList<>();
  private static WatchProgress now = new WatchProgress(0, 0, 0, 0, null, false);

  /** What the stages of this process have last said; on a cluster they say it elsewhere. */
  static synchronized WatchProgress now() {
    return now;
  }

  /** Lines about songs that were placed since the last call. */
  static synchronized List<String> lines() {
    List<String> lines = List.copyOf(LINES);
    LINES.clear();
    return lines;
  }

  static synchronized void begin() {
    LINES.clear();
    now = new WatchProgress(0, 0, 0, 0, null, false);
  }

  static synchronized void fitting(boolean isFitting) {
    now =
        new WatchProgress(now.waiting, now.heard, now.clustered, now.failed, now.model, isFitting);
  }

  static synchronized void published(
      long waiting,
      long heard,
      long clustered,
      long failed,
      @Nullable String model,
      List<String> lines) {
    now = new WatchProgress(waiting, heard, clustered, failed, model, now.fitting);
    if (LINES.size() < MOST_UNREAD) {
      LINES.addAll(lines);
    }
  }
}
