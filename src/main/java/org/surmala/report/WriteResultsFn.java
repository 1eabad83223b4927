package org.surmala.report;

import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.RawUnionValue;
import org.apache.beam.sdk.values.KV;
import org.surmala.gather.Gathered;

/** Writes the results once everything that they say is known. */
final class WriteResultsFn extends DoFn<KV<Integer, Iterable<RawUnionValue>>, Void> {
  private final ReportOptions options;
  private final Counter micros = Metrics.counter("surmala", "micros.report");
  private final Counter failed = Metrics.counter("surmala", "ledger");
  private final Counter clustered = Metrics.counter("surmala", "clustered");

  WriteResultsFn(ReportOptions options) {
    this.options = options;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<RawUnionValue>> all) throws IOException {
    long start = System.nanoTime();
    Gathered gathered = new Gathered(Report.TAGS, all);
    RunRecords records =
        RunRecords.of(
            gathered.get(Report.SONGS),
            gathered.get(Report.HEARD),
            gathered.get(Report.FAILURES),
            gathered.get(Report.EMBEDDINGS),
            gathered.get(Report.CHECKPOINTS),
            gathered.get(Report.CLUSTERINGS),
            gathered.get(Report.METRICS),
            gathered.get(Report.ASSIGNMENTS),
            gathered.get(Report.FINDINGS));
    clustered.inc(ResultsFolder.write(options, records));
    failed.inc(records.failures().size());
    micros.inc((System.nanoTime() - start) / 1_000);
  }
}
