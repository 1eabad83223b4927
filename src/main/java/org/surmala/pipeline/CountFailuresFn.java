package org.surmala.pipeline;

import java.util.Locale;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.surmala.schema.Failure;

/**
 * Lets failures through and counts them by code, for whoever watches the run: {@code
 * failures.not_audio}, …
 */
final class CountFailuresFn extends DoFn<Failure, Failure> {
  @ProcessElement
  public void process(@Element Failure failure, OutputReceiver<Failure> out) {
    Metrics.counter("surmala", "failures." + failure.getCode().toLowerCase(Locale.ROOT)).inc();
    out.output(failure);
  }
}
