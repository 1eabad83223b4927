package org.surmala.watch;

import org.jspecify.annotations.Nullable;

/**
 * Progress of a watch.
 *
 * @param found number of files
 * @param waiting files that are still growing, not yet decoded, or waiting for a first model
 * @param clustered songs with a cluster
 * @param failed files in the failure ledger
 * @param model version of the model; null for none
 * @param fitting whether the next one is being fitted
 * @param refit why a refit is due; null if none is
 */
public record WatchProgress(
    long found,
    long waiting,
    long clustered,
    long failed,
    @Nullable String model,
    boolean fitting,
    @Nullable String refit) {
  /** The progress of a watch that has just started. */
  static final WatchProgress NONE = new WatchProgress(0, 0, 0, 0, null, false, null);

  WatchProgress fitting(boolean isFitting) {
    return new WatchProgress(found, waiting, clustered, failed, model, isFitting, refit);
  }
}
