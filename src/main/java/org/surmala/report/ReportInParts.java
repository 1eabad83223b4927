package org.surmala.report;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.surmala.io.Gather;
import org.surmala.io.RecordCoder;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Embedding;
import org.surmala.schema.Failure;
import org.surmala.schema.Findings;
import org.surmala.schema.MapLandmarks;
import org.surmala.schema.PublishedSong;
import org.surmala.schema.ResultsPart;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;
import org.surmala.schema.SongTotals;

/**
 * Writes results with the tables of songs in parts. A worker holds the songs of one part at a time;
 * one worker holds a sample of all songs, which the map, the page and the plots show, and the songs
 * of the playlists.
 */
final class ReportInParts extends PTransform<PCollectionTuple, PDone> {
  private static final long serialVersionUID = 1L;

  /** Songs of the sample. */
  static final TupleTag<PublishedSong> SAMPLE = new TupleTag<>("sample") {};

  /** Songs of the playlists. */
  static final TupleTag<PublishedSong> NEAREST = new TupleTag<>("nearest") {};

  /** The first failures by path. */
  static final TupleTag<Failure> FIRST_FAILURES = new TupleTag<>("firstFailures") {};

  /** Numbers of songs and failures. */
  static final TupleTag<SongTotals> TOTALS = new TupleTag<>("totals") {};

  /** Parts that are written. */
  static final TupleTag<SongParts.Part> WRITTEN = new TupleTag<>("written") {};

  /** The joined songs of each part. */
  private static final TupleTag<ResultsPart> JOINED = new TupleTag<>("joined") {};

  private static final TupleTag<KV<Integer, PublishedSong>> OF_CLUSTER =
      new TupleTag<>("ofCluster") {};

  /** Each part once, even if it has no songs. */
  private static final TupleTag<Integer> EACH = new TupleTag<>("each") {};

  private final ReportOptions options;

  ReportInParts(ReportOptions options) {
    this.options = options;
  }

  @Override
  public PDone expand(PCollectionTuple input) {
    PCollectionView<Map<Integer, Long>> sizes =
        input
            .get(Report.ASSIGNMENTS)
            .apply(
                "ClusterOf",
                MapElements.into(TypeDescriptors.integers()).via(ClusterAssignment::getCluster))
            .apply("CountClusters", Count.perElement())
            .apply("Sizes", View.asMap());
    PCollectionTuple joined =
        byPart(input)
            .apply(
                "Join",
                ParDo.of(new JoinPartFn(options, sizes, SAMPLE, OF_CLUSTER, TOTALS))
                    .withSideInputs(sizes)
                    .withOutputTags(JOINED, TupleTagList.of(SAMPLE).and(OF_CLUSTER).and(TOTALS)));
    joined.get(JOINED).setCoder(RecordCoder.of(ResultsPart.class));
    joined.get(SAMPLE).setCoder(RecordCoder.of(PublishedSong.class));
    joined.get(TOTALS).setCoder(RecordCoder.of(SongTotals.class));
    PCollection<PublishedSong> nearest =
        joined
            .get(OF_CLUSTER)
            .setCoder(KvCoder.of(VarIntCoder.of(), RecordCoder.of(PublishedSong.class)))
            .apply("NearestOfCluster", Top.perKey(Playlists.MOST_NEAREST, new Nearness()))
            .apply("Lists", Values.create())
            .apply("Nearest", Flatten.iterables());
    PCollection<Failure> failures =
        input
            .get(Report.FAILURES)
            .apply("FirstByPath", Top.of(PageData.MOST_FAILURES, new LastByPath()))
            .apply("FirstFailures", Flatten.iterables());
    PCollection<SongTotals> totals =
        joined
            .get(TOTALS)
            .apply(
                "Totals",
                Combine.globally(
                    (SerializableFunction<Iterable<SongTotals>, SongTotals>)
                        some -> Tally.of(some).toRecord()))
            .setCoder(RecordCoder.of(SongTotals.class));
    PCollectionView<MapLandmarks> landmarks =
        PCollectionTuple.of(SAMPLE, joined.get(SAMPLE))
            .and(NEAREST, nearest)
            .and(FIRST_FAILURES, failures)
            .and(TOTALS, totals)
            .and(Report.CHECKPOINTS, input.get(Report.CHECKPOINTS))
            .and(Report.CLUSTERINGS, input.get(Report.CLUSTERINGS))
            .and(Report.METRICS, input.get(Report.METRICS))
            .and(Report.FINDINGS, input.get(Report.FINDINGS))
            .apply("GatherSample", Gather.all())
            .apply("WriteSample", ParDo.of(new WriteSampleFn(options)))
            .setCoder(RecordCoder.of(MapLandmarks.class))
            .apply("Landmarks", View.asSingleton());
    PCollectionView<List<Findings>> findings =
        input.get(Report.FINDINGS).apply("Findings", View.asList());
    PCollection<SongParts.Part> written =
        joined
            .get(JOINED)
            .apply(
                "WritePart",
                ParDo.of(new WritePartFn(options, landmarks, findings))
                    .withSideInputs(landmarks, findings))
            .setCoder(SerializableCoder.of(SongParts.Part.class));
    PCollectionTuple.of(WRITTEN, written)
        .and(Report.CHECKPOINTS, input.get(Report.CHECKPOINTS))
        .apply("GatherParts", Gather.all())
        .apply("WriteManifest", ParDo.of(new WriteManifestFn(options)));
    return PDone.in(input.getPipeline());
  }

  /** The records of songs by id, and those of files by path. */
  private PCollection<KV<Integer, CoGbkResult>> byPart(PCollectionTuple input) {
    PCollection<KV<Integer, Integer>> each =
        input
            .getPipeline()
            .apply(
                "Parts",
                Create.of(IntStream.range(0, options.parts()).boxed().toList())
                    .withCoder(VarIntCoder.of()))
            .apply(
                "EachPart",
                WithKeys.of((Integer part) -> part).withKeyType(TypeDescriptors.integers()));
    return KeyedPCollectionTuple.of(EACH, each)
        .and(Report.SONGS, keyed(input, Report.SONGS, SongRef::getId))
        .and(Report.AUDIO, keyed(input, Report.AUDIO, SongAudioInfo::getId))
        .and(Report.EMBEDDINGS, keyed(input, Report.EMBEDDINGS, Embedding::getId))
        .and(Report.ASSIGNMENTS, keyed(input, Report.ASSIGNMENTS, ClusterAssignment::getId))
        .and(Report.FAILURES, keyed(input, Report.FAILURES, Failure::getFilepath))
        .and(Report.SKIPPED, keyed(input, Report.SKIPPED, SkippedFile::getFilepath))
        .apply("GatherPart", CoGroupByKey.create());
  }

  private <T extends SpecificRecord> PCollection<KV<Integer, T>> keyed(
      PCollectionTuple input, TupleTag<T> tag, SerializableFunction<T, String> name) {
    int count = options.parts();
    return input
        .get(tag)
        .apply(
            "Part of " + tag.getId(),
            WithKeys.of((T record) -> SongParts.of(name.apply(record), count))
                .withKeyType(TypeDescriptors.integers()));
  }

  /** The nearest to the centre is the greatest; ties by id. */
  private static final class Nearness implements Comparator<PublishedSong>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(PublishedSong a, PublishedSong b) {
      ClusterAssignment first = a.getAssigned().getAssignment();
      ClusterAssignment second = b.getAssigned().getAssignment();
      int distance = Double.compare(second.getDistance(), first.getDistance());
      return distance == 0 ? second.getId().compareTo(first.getId()) : distance;
    }
  }

  /** The first in the order of the ledger is the greatest. */
  private static final class LastByPath implements Comparator<Failure>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Failure a, Failure b) {
      return RunRecords.LEDGER.compare(b, a);
    }
  }
}
