package org.surmala.pipeline;

import java.util.Locale;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.surmala.schema.Failure;

/**
 * Passes failures through and counts them by code in metrics such as {@code failures.not_audio}.
 */
public final class CountFailuresFn extends DoFn<Failure, Failure> {
  @ProcessElement
  public void process(@Element Failure failure, OutputReceiver<Failure> out) {
    count(failure);
    out.output(failure);
  }

  /** Counts one failure in the metrics of the current step. */
  public static void count(Failure failure) {
    Metrics.counter("surmala", "failures." + failure.getCode().toLowerCase(Locale.ROOT)).inc();
  }
}
