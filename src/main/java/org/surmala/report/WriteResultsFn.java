package org.surmala.report;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.surmala.schema.SkippedFile;

/** Writes the results once all records have arrived. */
final class WriteResultsFn extends DoFn<KV<Integer, CoGbkResult>, Void> {
  private final ReportOptions options;
  private final Counter micros = Metrics.counter("surmala", "micros.report");
  private final Counter failed = Metrics.counter("surmala", "ledger");
  private final Counter clustered = Metrics.counter("surmala", "clustered");

  WriteResultsFn(ReportOptions options) {
    this.options = options;
  }

  @ProcessElement
  public void process(@Element KV<Integer, CoGbkResult> all) throws IOException {
    long start = System.nanoTime();
    CoGbkResult gathered = all.getValue();
    RunRecords records =
        RunRecords.of(
            gathered.getAll(Report.SONGS),
            gathered.getAll(Report.AUDIO),
            gathered.getAll(Report.FAILURES),
            gathered.getAll(Report.EMBEDDINGS),
            gathered.getAll(Report.CHECKPOINTS),
            gathered.getAll(Report.CLUSTERINGS),
            gathered.getAll(Report.METRICS),
            gathered.getAll(Report.ASSIGNMENTS),
            gathered.getAll(Report.FINDINGS));
    ResultTables.writeSkipped(
        options.results(), ResultTables.SKIPPED_FILE, sorted(gathered.getAll(Report.SKIPPED)));
    clustered.inc(ResultsFolder.write(options, records));
    failed.inc(records.failures().size());
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  /** Skipped files by path. */
  static List<SkippedFile> sorted(Iterable<SkippedFile> skipped) {
    return StreamSupport.stream(skipped.spliterator(), false)
        .sorted(Comparator.comparing(SkippedFile::getFilepath))
        .toList();
  }
}
