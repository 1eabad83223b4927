package org.surmala.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;
import org.surmala.schema.MapPoint;
import org.surmala.schema.PublishedSong;
import org.surmala.schema.ResultsPart;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;
import org.surmala.schema.SongTotals;

/** Joins the records of one part, and writes its tables that need no map. */
final class JoinPartFn extends DoFn<KV<Integer, CoGbkResult>, ResultsPart> {
  private final ReportOptions options;
  private final PCollectionView<Map<Integer, Long>> sizes;
  private final TupleTag<PublishedSong> sample;
  private final TupleTag<KV<Integer, PublishedSong>> ofCluster;
  private final TupleTag<SongTotals> totals;
  private final Counter micros = Metrics.counter("surmala", "micros.report");
  private final Counter failed = Metrics.counter("surmala", "ledger");
  private final Counter clustered = Metrics.counter("surmala", "clustered");

  /**
   * @param sizes number of songs of each cluster
   * @param sample output: songs of the sample
   * @param ofCluster output: songs by cluster, without noise and without embeddings
   * @param totals output: numbers of songs and failures of the part
   */
  JoinPartFn(
      ReportOptions options,
      PCollectionView<Map<Integer, Long>> sizes,
      TupleTag<PublishedSong> sample,
      TupleTag<KV<Integer, PublishedSong>> ofCluster,
      TupleTag<SongTotals> totals) {
    this.options = options;
    this.sizes = sizes;
    this.sample = sample;
    this.ofCluster = ofCluster;
    this.totals = totals;
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) throws IOException {
    long start = System.nanoTime();
    int number = context.element().getKey();
    CoGbkResult gathered = context.element().getValue();
    RunRecords records =
        RunRecords.of(
            gathered.getAll(Report.SONGS),
            gathered.getAll(Report.AUDIO),
            gathered.getAll(Report.FAILURES),
            gathered.getAll(Report.EMBEDDINGS),
            List.of(),
            List.of(),
            List.of(),
            gathered.getAll(Report.ASSIGNMENTS),
            List.of());
    Map<String, ReportedSong> reported = ReportedSongs.join(records.songs(), records.audio());
    ClusteredSongs songs = ClusteredSongs.of(options, records, reported);
    PartTables.write(
        options,
        SongParts.name(number),
        records,
        reported,
        songs.embeddings(),
        WriteResultsFn.sorted(gathered.getAll(Report.SKIPPED)));
    List<PublishedSong> published = published(records, songs);
    SampleDraw draw = new SampleDraw(context.sideInput(sizes));
    for (PublishedSong song : published) {
      ClusterAssignment assignment = song.getAssigned().getAssignment();
      Embedding embedding = song.getAssigned().getEmbedding();
      if (draw.has(assignment.getId(), assignment.getCluster())) {
        out.get(sample).output(withoutLyrics(song, embedding));
      }
      if (assignment.getCluster() >= 0) {
        out.get(ofCluster)
            .output(KV.of(assignment.getCluster(), withoutLyrics(song, none(embedding))));
      }
    }
    out.get(totals)
        .output(
            Tally.of(records.songs().size(), songs.songs(), songs.assignments(), records.failures())
                .toRecord());
    context.output(new ResultsPart(number, published));
    clustered.inc(published.size());
    failed.inc(records.failures().size());
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  private static List<PublishedSong> published(RunRecords records, ClusteredSongs songs) {
    Map<String, SongRef> found = new HashMap<>();
    records.songs().forEach(song -> found.put(song.getId(), song));
    Map<String, SongAudioInfo> audio = new HashMap<>();
    records.audio().forEach(song -> audio.put(song.getId(), song));
    List<PublishedSong> published = new ArrayList<>();
    for (int i = 0; i < songs.songs().size(); i++) {
      ClusterAssignment assignment = songs.assignments().get(i);
      String id = assignment.getId();
      published.add(
          published(
              Objects.requireNonNull(found.get(id), id),
              Objects.requireNonNull(audio.get(id), id),
              assignment,
              songs.embeddings().get(i)));
    }
    return published;
  }

  private static PublishedSong published(
      SongRef song, SongAudioInfo audio, ClusterAssignment assignment, Embedding embedding) {
    String id = assignment.getId();
    return new PublishedSong(
        song,
        audio,
        new AssignedSong(id, 0, assignment, List.of(), new MapPoint(id, 0.0, 0.0), embedding));
  }

  private static PublishedSong withoutLyrics(PublishedSong song, Embedding embedding) {
    SongRef ref = song.getSong();
    SongAudioInfo audio = song.getAudio();
    return published(
        ref.getLyrics() == null ? ref : SongRef.newBuilder(ref).setLyrics(null).build(),
        audio.getInfo().getLyrics() == null
            ? audio
            : SongAudioInfo.newBuilder(audio)
                .setInfo(AudioInfo.newBuilder(audio.getInfo()).setLyrics(null).build())
                .build(),
        song.getAssigned().getAssignment(),
        embedding);
  }

  private static Embedding none(Embedding embedding) {
    return new Embedding(
        embedding.getId(),
        embedding.getRepresentation(),
        embedding.getModelVersion(),
        List.of(),
        null);
  }
}
