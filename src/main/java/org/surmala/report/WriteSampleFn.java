package org.surmala.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;
import org.surmala.schema.MapLandmarks;
import org.surmala.schema.PublishedSong;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

/**
 * Writes the results in parts except the parts: scores, findings, plots, playlists, and the records
 * of the sample.
 */
final class WriteSampleFn extends DoFn<KV<Integer, CoGbkResult>, MapLandmarks> {
  private final ReportOptions options;
  private final Counter micros = Metrics.counter("surmala", "micros.report");

  WriteSampleFn(ReportOptions options) {
    this.options = options;
  }

  @ProcessElement
  public void process(@Element KV<Integer, CoGbkResult> all, OutputReceiver<MapLandmarks> landmarks)
      throws IOException {
    long start = System.nanoTime();
    CoGbkResult gathered = all.getValue();
    landmarks.output(
        ResultsFolder.write(
            options,
            records(gathered, ReportInParts.SAMPLE),
            Tally.of(gathered.getAll(ReportInParts.TOTALS)),
            records(gathered, ReportInParts.NEAREST)));
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  private static RunRecords records(CoGbkResult gathered, TupleTag<PublishedSong> tag) {
    List<SongRef> songs = new ArrayList<>();
    List<SongAudioInfo> audio = new ArrayList<>();
    List<Embedding> embeddings = new ArrayList<>();
    List<ClusterAssignment> assignments = new ArrayList<>();
    for (PublishedSong song : gathered.getAll(tag)) {
      songs.add(song.getSong());
      audio.add(song.getAudio());
      embeddings.add(song.getAssigned().getEmbedding());
      assignments.add(song.getAssigned().getAssignment());
    }
    return RunRecords.of(
        songs,
        audio,
        gathered.getAll(ReportInParts.FIRST_FAILURES),
        embeddings,
        gathered.getAll(Report.CHECKPOINTS),
        gathered.getAll(Report.CLUSTERINGS),
        gathered.getAll(Report.METRICS),
        assignments,
        gathered.getAll(Report.FINDINGS));
  }
}
