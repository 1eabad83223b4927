package org.surmala.evaluate;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
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
import org.apache.beam.sdk.values.TypeDescriptors;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.SongRef;

/**
 * Scores clusterings, beside what chance gives and with what would flatter withheld; see {@link
 * ClusteringEvaluator}. Takes {@link #EMBEDDINGS}, {@link #CLUSTERINGS} and {@link #SONGS}, whose
 * {@code language} is the label; gives {@link #METRICS} and {@link #ASSIGNMENTS}.
 *
 * <p>Counter: {@code micros.evaluate}, microseconds of work.
 */
public final class Evaluate extends PTransform<PCollectionTuple, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Input: the places of songs, of any number of models. */
  public static final TupleTag<Embedding> EMBEDDINGS = new TupleTag<>("embeddings") {};

  /** Input: the clusterings of the same models, each of all songs of its model. */
  public static final TupleTag<Clustering> CLUSTERINGS = new TupleTag<>("clusterings") {};

  /** Input: the songs, each once; more than are embedded do no harm. */
  public static final TupleTag<SongRef> SONGS = new TupleTag<>("songs") {};

  /** Output: one row for each clustering. */
  public static final TupleTag<ClusteringMetrics> METRICS = new TupleTag<>("metrics") {};

  /** Output: for each chosen clustering, one for each song. */
  public static final TupleTag<ClusterAssignment> ASSIGNMENTS = new TupleTag<>("assignments") {};

  private final EvaluateOptions options;

  private Evaluate(EvaluateOptions options) {
    this.options = options;
  }

  /** Scores by these options. */
  public static Evaluate with(EvaluateOptions options) {
    return new Evaluate(options);
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple input) {
    PCollectionView<Map<String, String>> labels =
        input
            .get(SONGS)
            .apply("Labels", ParDo.of(new LabelFn()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
            .apply("LabelsById", View.asMap());
    PCollection<KV<String, Embedding>> embeddings =
        input
            .get(EMBEDDINGS)
            .apply(
                "EmbeddingsByModel",
                WithKeys.of((Embedding e) -> e.getRepresentation() + "\n" + e.getModelVersion())
                    .withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.of(Embedding.class)));
    PCollection<KV<String, Clustering>> clusterings =
        input
            .get(CLUSTERINGS)
            .apply(
                "ClusteringsByModel",
                WithKeys.of((Clustering c) -> c.getRepresentation() + "\n" + c.getModelVersion())
                    .withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.of(Clustering.class)));
    TupleTag<Embedding> embeddingTag = new TupleTag<>("embedding") {};
    TupleTag<Clustering> clusteringTag = new TupleTag<>("clustering") {};
    PCollectionTuple scored =
        KeyedPCollectionTuple.of(embeddingTag, embeddings)
            .and(clusteringTag, clusterings)
            .apply("GatherModel", CoGroupByKey.create())
            .apply(
                "Score",
                ParDo.of(new EvaluateFn(options, embeddingTag, clusteringTag, labels))
                    .withSideInputs(labels)
                    .withOutputTags(METRICS, TupleTagList.of(List.of(ASSIGNMENTS))));
    scored.get(METRICS).setCoder(AvroCoder.of(ClusteringMetrics.class));
    scored.get(ASSIGNMENTS).setCoder(AvroCoder.of(ClusterAssignment.class));
    return scored;
  }

  private static final class LabelFn extends DoFn<SongRef, KV<String, String>> {
    @ProcessElement
    public void process(@Element SongRef song, OutputReceiver<KV<String, String>> out) {
      if (song.getLanguage() != null) {
        out.output(KV.of(song.getId(), song.getLanguage()));
      }
    }
  }
}
