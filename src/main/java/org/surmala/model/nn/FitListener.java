package org.surmala.model.nn;

/** Receives the progress of a fit. Called on the fitting thread; must return soon. */
@FunctionalInterface
public interface FitListener {
  /** Ignores the progress. */
  FitListener SILENT = (epoch, epochs, total, validation) -> {};

  /**
   * An epoch ended.
   *
   * @param epoch from 1
   * @param epochs the most there can be; early stopping may end the fit before
   * @param total mean training loss per song
   * @param validation mean loss over the validation songs; NaN without a validation split
   */
  void epoch(int epoch, int epochs, double total, double validation);
}
