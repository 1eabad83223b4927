package org.surmala.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.surmala.io.RecordCoder;
import org.surmala.io.Shards;
import org.surmala.io.SongLot;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.Findings;
import org.surmala.schema.LabelCell;
import org.surmala.schema.Population;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongClusters;
import org.surmala.schema.SongRef;
import org.surmala.schema.SongSample;

/**
 * Scores clusterings, with chance levels, and withholds misleading scores; see {@link
 * ClusteringEvaluator} and {@link SongFindings}. Inputs: {@link #EMBEDDINGS}, {@link #CLUSTERINGS},
 * {@link #SONGS} (their {@code language} is the label) and {@link #FEATURES}. Outputs: {@link
 * #METRICS}, {@link #ASSIGNMENTS} and {@link #FINDINGS}.
 *
 * <p>Counters: {@code evaluated}, models; {@code micros.evaluate}, microseconds of work.
 */
public final class Evaluate extends PTransform<PCollectionTuple, PCollectionTuple> {
  /** Input: the embeddings of songs under any number of models. */
  public static final TupleTag<Embedding> EMBEDDINGS = new TupleTag<>("embeddings") {};

  /** Input: the clusterings of the same models, each of all songs of its model. */
  public static final TupleTag<Clustering> CLUSTERINGS = new TupleTag<>("clusterings") {};

  /** Input: the songs, without duplicates; songs without an embedding are ignored. */
  public static final TupleTag<SongRef> SONGS = new TupleTag<>("songs") {};

  /** Input: the features of the same songs. */
  public static final TupleTag<SegmentFeatures> FEATURES = new TupleTag<>("features") {};

  /** Output: one row for each clustering. */
  public static final TupleTag<ClusteringMetrics> METRICS = new TupleTag<>("metrics") {};

  /** Output: for each chosen clustering, one for each song. */
  public static final TupleTag<ClusterAssignment> ASSIGNMENTS = new TupleTag<>("assignments") {};

  /** Output: further findings about each model with a chosen clustering. */
  public static final TupleTag<Findings> FINDINGS = new TupleTag<>("findings") {};

  /** Input, where clusterings name a sample of their songs: the clusters of each song. */
  public static final TupleTag<SongClusters> CLUSTERS = new TupleTag<>("clusters") {};

  private final EvaluateOptions options;
  private final @Nullable Shards shards;

  private Evaluate(EvaluateOptions options, @Nullable Shards shards) {
    this.options = options;
    this.shards = shards;
  }

  /** Scores with these options. */
  public static Evaluate with(EvaluateOptions options) {
    return new Evaluate(options, null);
  }

  /**
   * The same of clusterings that name a sample of their songs: with {@link #CLUSTERS}, and without
   * {@link #ASSIGNMENTS}. No worker holds more songs than a shard or the sample.
   */
  public Evaluate inShards(Shards count) {
    return new Evaluate(options, count);
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple input) {
    PCollection<SegmentFeatures> features =
        input
            .get(FEATURES)
            .apply(
                "Slim",
                MapElements.into(TypeDescriptor.of(SegmentFeatures.class)).via(SampleFn::slim))
            .setCoder(RecordCoder.of(SegmentFeatures.class));
    PCollectionView<Iterable<SongSample>> sample =
        (shards == null ? features : drawn(features))
            .apply("Draw", Top.of(SongFindings.MOST_SONGS, new SampleFn.Lot()).withoutDefaults())
            .apply("FindCopies", ParDo.of(new SampleFn(options)))
            .setCoder(RecordCoder.of(SongSample.class))
            .apply("Sample", View.asIterable());
    PCollection<KV<String, Clustering>> clusterings =
        input
            .get(CLUSTERINGS)
            .apply(
                "ClusteringsByModel",
                WithKeys.of((Clustering c) -> c.getRepresentation() + "\n" + c.getModelVersion())
                    .withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(Clustering.class)));
    PCollection<SongRef> songs = input.get(SONGS);
    PCollection<Embedding> embeddings = input.get(EMBEDDINGS);
    if (shards != null) {
      PCollectionView<Map<String, Iterable<Clustering>>> sampled =
          clusterings
              .apply("FirstOfModel", Filter.by(Evaluate::isFirst))
              .apply("SampledByModel", View.asMultimap());
      embeddings =
          embeddings
              .apply(
                  "SampledEmbeddings",
                  ParDo.of(new KeepSampled.OfModelFn(sampled)).withSideInputs(sampled))
              .setCoder(RecordCoder.of(Embedding.class));
      songs =
          songs
              .apply(
                  "SampledSongs",
                  ParDo.of(new KeepSampled.SongsFn(sampled, sample))
                      .withSideInputs(sampled, sample))
              .setCoder(RecordCoder.of(SongRef.class));
    }
    PCollectionView<Map<String, SongRef>> known =
        songs
            .apply("Known", ParDo.of(new KnownFn()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(SongRef.class)))
            .apply("KnownById", View.asMap());
    TupleTag<Embedding> embeddingTag = new TupleTag<>("embedding") {};
    TupleTag<Clustering> clusteringTag = new TupleTag<>("clustering") {};
    TupleTag<LabelCell> cellTag = shards == null ? null : new TupleTag<>("cell") {};
    KeyedPCollectionTuple<String> ofModels =
        KeyedPCollectionTuple.of(
                embeddingTag,
                embeddings
                    .apply(
                        "EmbeddingsByModel",
                        WithKeys.of(
                                (Embedding e) -> e.getRepresentation() + "\n" + e.getModelVersion())
                            .withKeyType(TypeDescriptors.strings()))
                    .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(Embedding.class))))
            .and(clusteringTag, clusterings);
    if (cellTag != null) {
      ofModels =
          ofModels.and(
              cellTag, input.apply("CountLabels", new CountLabels(Objects.requireNonNull(shards))));
    }
    PCollectionTuple scored =
        ofModels
            .apply("GatherModel", CoGroupByKey.create())
            .apply(
                "Score",
                ParDo.of(
                        new EvaluateFn(
                            options, embeddingTag, clusteringTag, cellTag, known, sample))
                    .withSideInputs(known, sample)
                    .withOutputTags(METRICS, TupleTagList.of(List.of(ASSIGNMENTS, FINDINGS))));
    scored.get(METRICS).setCoder(RecordCoder.of(ClusteringMetrics.class));
    scored.get(ASSIGNMENTS).setCoder(RecordCoder.of(ClusterAssignment.class));
    scored.get(FINDINGS).setCoder(RecordCoder.of(Findings.class));
    return scored;
  }

  /** Draws the ids first: the draw keeps as many elements on each worker as in the end. */
  private static PCollection<SegmentFeatures> drawn(PCollection<SegmentFeatures> features) {
    PCollectionView<String> last =
        features
            .apply("Ids", MapElements.into(TypeDescriptors.strings()).via(SegmentFeatures::getId))
            .apply(
                "DrawIds", Top.of(SongFindings.MOST_SONGS, new SongLot.Order()).withoutDefaults())
            .apply(
                "LastId",
                MapElements.into(TypeDescriptors.strings())
                    .via((List<String> drawn) -> drawn.get(drawn.size() - 1)))
            .apply("LastDrawn", View.asSingleton());
    return features
        .apply("Drawn", ParDo.of(new KeepSampled.DrawnFn(last)).withSideInputs(last))
        .setCoder(RecordCoder.of(SegmentFeatures.class));
  }

  /** One clustering names the sample of its model as well as all do. */
  private static boolean isFirst(KV<String, Clustering> clustering) {
    Population population = clustering.getValue().getPopulation();
    return population != null && population.getNumber() == 0;
  }

  private static final class KnownFn extends DoFn<SongRef, KV<String, SongRef>> {
    @ProcessElement
    public void process(@Element SongRef song, OutputReceiver<KV<String, SongRef>> out) {
      out.output(KV.of(song.getId(), SongRef.newBuilder(song).setLyrics(null).build()));
    }
  }
}
