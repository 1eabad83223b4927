package org.surmala.watch;

import org.jspecify.annotations.Nullable;

/**
 * Where a watch is.
 *
 * @param found files that there are
 * @param waiting files that are still growing, not yet decoded, or waiting for a first model
 * @param clustered songs with a cluster
 * @param failed files in the failure ledger
 * @param model version of the model; null while there is none
 * @param fitting whether the next one is being made
 * @param refit why a fit is due; null where none is
 */
public record WatchProgress(
    long found,
    long waiting,
    long clustered,
    long failed,
    @Nullable String model,
    boolean fitting,
    @Nullable String refit) {
  /** Where every watch begins. */
  static final WatchProgress NONE = new WatchProgress(0, 0, 0, 0, null, false, null);

  WatchProgress fitting(boolean isFitting) {
    return new WatchProgress(found, waiting, clustered, failed, model, isFitting, refit);
  }
}
