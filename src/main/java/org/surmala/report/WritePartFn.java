package org.surmala.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.Findings;
import org.surmala.schema.MapLandmarks;
import org.surmala.schema.MapPoint;
import org.surmala.schema.PublishedSong;
import org.surmala.schema.ResultsPart;

/** Places the songs of a part on the map, and writes their assignments. */
final class WritePartFn extends DoFn<ResultsPart, SongParts.Part> {
  private final ReportOptions options;
  private final PCollectionView<MapLandmarks> landmarks;
  private final PCollectionView<List<Findings>> findings;
  private final Counter micros = Metrics.counter("surmala", "micros.report");

  WritePartFn(
      ReportOptions options,
      PCollectionView<MapLandmarks> landmarks,
      PCollectionView<List<Findings>> findings) {
    this.options = options;
    this.landmarks = landmarks;
    this.findings = findings;
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    long start = System.nanoTime();
    ResultsPart part = context.element();
    context.output(
        SongParts.write(
            options.results(),
            part.getNumber(),
            onMap(context.sideInput(landmarks), part.getSongs()),
            UnaryOperator.identity(),
            ClusterNames.of(options, context.sideInput(findings)),
            false));
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  private static List<PublishedSong> onMap(MapLandmarks landmarks, List<PublishedSong> songs) {
    List<MapPoint> points =
        SongMap.among(
            landmarks, songs.stream().map(song -> song.getAssigned().getEmbedding()).toList());
    List<PublishedSong> placed = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      PublishedSong song = songs.get(i);
      AssignedSong assigned = song.getAssigned();
      placed.add(
          new PublishedSong(
              song.getSong(),
              song.getAudio(),
              new AssignedSong(
                  assigned.getId(),
                  assigned.getVersion(),
                  assigned.getAssignment(),
                  assigned.getNeighbours(),
                  points.get(i),
                  assigned.getEmbedding())));
    }
    return placed;
  }
}
