package org.surmala.report;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.Failure;
import org.surmala.schema.Findings;
import org.surmala.schema.HeardSong;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SongRef;

/** Writes the results once everything that they say is known. */
final class WriteResultsFn extends DoFn<String, Void> {

  private final ReportOptions options;
  private final PCollectionView<Iterable<SongRef>> songs;
  private final PCollectionView<Iterable<HeardSong>> heard;
  private final PCollectionView<Iterable<Failure>> failures;
  private final PCollectionView<Iterable<Embedding>> embeddings;
  private final PCollectionView<Iterable<ModelCheckpoint>> checkpoints;
  private final PCollectionView<Iterable<Clustering>> clusterings;
  private final PCollectionView<Iterable<ClusteringMetrics>> metrics;
  private final PCollectionView<Iterable<ClusterAssignment>> assignments;
  private final PCollectionView<Iterable<Findings>> findings;
  private final Counter micros = Metrics.counter("surmala", "micros.report");
  private final Counter failed = Metrics.counter("surmala", "ledger");
  private final Counter clustered = Metrics.counter("surmala", "clustered");

  WriteResultsFn(
      ReportOptions options,
      PCollectionView<Iterable<SongRef>> songs,
      PCollectionView<Iterable<HeardSong>> heard,
      PCollectionView<Iterable<Failure>> failures,
      PCollectionView<Iterable<Embedding>> embeddings,
      PCollectionView<Iterable<ModelCheckpoint>> checkpoints,
      PCollectionView<Iterable<Clustering>> clusterings,
      PCollectionView<Iterable<ClusteringMetrics>> metrics,
      PCollectionView<Iterable<ClusterAssignment>> assignments,
      PCollectionView<Iterable<Findings>> findings) {
    this.options = options;
    this.songs = songs;
    this.heard = heard;
    this.failures = failures;
    this.embeddings = embeddings;
    this.checkpoints = checkpoints;
    this.clusterings = clusterings;
    this.metrics = metrics;
    this.assignments = assignments;
    this.findings = findings;
  }

  List<PCollectionView<?>> views() {
    return List.of(
        songs,
        heard,
        failures,
        embeddings,
        checkpoints,
        clusterings,
        metrics,
        assignments,
        findings);
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    long start = System.nanoTime();
    RunRecords records =
        RunRecords.of(
            context.sideInput(songs),
            context.sideInput(heard),
            context.sideInput(failures),
            context.sideInput(embeddings),
            context.sideInput(checkpoints),
            context.sideInput(clusterings),
            context.sideInput(metrics),
            context.sideInput(assignments),
            context.sideInput(findings));
    clustered.inc(ResultsFolder.write(options, records));
    failed.inc(records.failures().size());
    micros.inc((System.nanoTime() - start) / 1_000);
  }
}
