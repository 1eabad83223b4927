package org.surmala.pipeline;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.surmala.cluster.AssignSongs;
import org.surmala.cluster.Cluster;
import org.surmala.cluster.MatchClusters;
import org.surmala.config.Annotation;
import org.surmala.config.PipelineConfig;
import org.surmala.embed.Embed;
import org.surmala.evaluate.Evaluate;
import org.surmala.featurize.SongAudio;
import org.surmala.io.RecordCoder;
import org.surmala.io.Shards;
import org.surmala.read.Read;
import org.surmala.report.Report;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;
import org.surmala.schema.Failure;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;
import org.surmala.train.Train;

/** Composes all stages from the files of a collection to its results. */
public final class SongPipeline {
  private SongPipeline() {}

  /** Applies every stage to the pipeline, from the outputs of {@link CollectFeatures}. */
  public static void build(
      Pipeline pipeline, PTransform<PBegin, PCollectionTuple> source, PipelineConfig config) {
    PCollectionTuple collection = pipeline.apply("Songs", source);
    PCollection<SongRef> songs = collection.get(Read.SONGS);
    Annotation annotation = Annotation.of(config.train());
    PCollection<SegmentFeatures> features =
        annotation.isNone()
            ? collection.get(CollectFeatures.FEATURES)
            : collection.apply("Annotate", Annotate.with(annotation));
    PCollection<Failure> failures = collection.get(Read.FAILURES);

    PCollectionTuple learnt = learn(songs, features, config);
    PCollection<ClusterAssignment> assignments =
        learnt.get(Evaluate.ASSIGNMENTS).apply("Primary", Filter.by(config.primary()));

    SongAudio songAudio = config.songAudio();
    PCollection<SongAudioInfo> audio =
        features
            .apply(
                "Heard",
                MapElements.into(TypeDescriptor.of(SongAudioInfo.class)).via(songAudio::of))
            .setCoder(RecordCoder.of(SongAudioInfo.class));
    PCollectionTuple.of(Report.SONGS, songs)
        .and(Report.AUDIO, audio)
        .and(Report.FAILURES, failures)
        .and(Report.SKIPPED, collection.get(Read.SKIPPED))
        .and(Report.EMBEDDINGS, learnt.get(Report.EMBEDDINGS))
        .and(Report.CHECKPOINTS, learnt.get(Report.CHECKPOINTS))
        .and(Report.CLUSTERINGS, learnt.get(Report.CLUSTERINGS))
        .and(Report.METRICS, learnt.get(Evaluate.METRICS))
        .and(Report.ASSIGNMENTS, assignments)
        .and(Report.FINDINGS, learnt.get(Evaluate.FINDINGS))
        .apply("Report", Report.to(config.report()));
    PCollectionTuple.of(Read.LISTED, collection.get(Read.LISTED))
        .and(Read.SKIPPED, collection.get(Read.SKIPPED))
        .and(Read.DUPLICATES, collection.get(Read.DUPLICATES))
        .and(WriteCoverage.CLUSTERED, assignments)
        .and(WriteCoverage.FAILED, failures)
        .apply("Coverage", WriteCoverage.to(config.results()));
  }

  /**
   * Applies the stages between features and report. The outputs are models, embeddings, clusterings
   * and scores, under the tags of {@link Report} and {@link Evaluate}.
   */
  public static PCollectionTuple learn(
      PCollection<SongRef> songs, PCollection<SegmentFeatures> features, PipelineConfig config) {
    PCollection<ModelCheckpoint> checkpoints = features.apply("Train", Train.with(config.train()));
    PCollectionView<Map<String, ModelCheckpoint>> models =
        checkpoints
            .apply(
                "ByName",
                WithKeys.of(ModelCheckpoint::getName).withKeyType(TypeDescriptors.strings()))
            .apply("Models", View.asMap());
    PCollection<Embedding> embeddings = features.apply("Embed", Embed.with(models));
    PCollection<Clustering> clusterings =
        embeddings
            .apply("Cluster", clustering(config).withModels(models))
            .apply("MatchClusters", MatchClusters.from(config.continued()));
    PCollectionTuple toScore =
        PCollectionTuple.of(Evaluate.EMBEDDINGS, embeddings)
            .and(Evaluate.CLUSTERINGS, clusterings)
            .and(Evaluate.SONGS, songs)
            .and(Evaluate.FEATURES, features);
    PCollectionTuple evaluated = evaluated(toScore, config);
    return evaluated
        .and(Report.CHECKPOINTS, checkpoints)
        .and(Report.EMBEDDINGS, embeddings)
        .and(Report.CLUSTERINGS, clusterings);
  }

  /** A refit has other songs than the fit before, so its clusterings are not cached. */
  private static Cluster clustering(PipelineConfig config) {
    Cluster cluster = Cluster.with(config.cluster());
    return config.continued().isEmpty()
        ? cluster.cachedIn(config.report().data() + "clusterings/")
        : cluster;
  }

  /** With blocks, the figures are separate from the assignments, and of songs in as many shards. */
  private static PCollectionTuple evaluated(PCollectionTuple input, PipelineConfig config) {
    Evaluate evaluate = Evaluate.with(config.evaluate());
    int blocks = config.cluster().blocks();
    if (blocks == 0) {
      return input.apply("Evaluate", evaluate);
    }
    PCollectionTuple assigned =
        input
            .get(Evaluate.EMBEDDINGS)
            .apply("AssignSongs", AssignSongs.to(input.get(Evaluate.CLUSTERINGS)));
    PCollectionTuple scored =
        input
            .and(Evaluate.CLUSTERS, assigned.get(AssignSongs.CLUSTERS))
            .apply("Evaluate", evaluate.inShards(new Shards(blocks)));
    return PCollectionTuple.of(Evaluate.METRICS, scored.get(Evaluate.METRICS))
        .and(Evaluate.FINDINGS, scored.get(Evaluate.FINDINGS))
        .and(Evaluate.ASSIGNMENTS, assigned.get(AssignSongs.ASSIGNMENTS));
  }
}
