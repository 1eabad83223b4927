package org.surmala.model.nn;

/** Receives the progress of a fit. Called on the fitting thread; must return soon. */
@FunctionalInterface
public interface FitListener {
  /** Ignores the progress. */
  FitListener SILENT = (epoch, epochs, total, validation) -> {};

  /**
   * Called at the end of an epoch.
   *
   * @param epoch number of the epoch, from 1
   * @param epochs maximum number of epochs; early stopping may end the fit sooner
   * @param total mean training loss per song
   * @param validation mean loss over the validation songs; NaN without a validation split
   */
  void epoch(int epoch, int epochs, double total, double validation);
}
