package org.surmala.pipeline;

import java.util.Locale;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.surmala.schema.Failure;

/**
 * Lets failures through and counts them by code, for whoever watches the run: {@code
 * failures.not_audio}, …
 */
public final class CountFailuresFn extends DoFn<Failure, Failure> {
  @ProcessElement
  public void process(@Element Failure failure, OutputReceiver<Failure> out) {
    count(failure);
    out.output(failure);
  }

  /** Counts one, in the step that runs now. */
  public static void count(Failure failure) {
    Metrics.counter("surmala", "failures." + failure.getCode().toLowerCase(Locale.ROOT)).inc();
  }
}
