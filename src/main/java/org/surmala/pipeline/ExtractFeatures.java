package org.surmala.pipeline;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.config.AudioOptions;
import org.surmala.config.PipelineConfig;
import org.surmala.decode.Decode;
import org.surmala.featurize.EmbedSound;
import org.surmala.featurize.EmbeddingOptions;
import org.surmala.featurize.Featurize;
import org.surmala.read.Identify;
import org.surmala.read.Read;
import org.surmala.resample.Resample;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;
import org.surmala.segment.Segment;
import org.surmala.segment.WriteSegments;
import org.surmala.step.Emitter;
import org.surmala.step.Step;
import org.surmala.step.Worker;
import org.surmala.store.FeatureStore;
import org.surmala.store.Recall;
import org.surmala.store.RememberFailures;
import org.surmala.store.StoreFeatures;

/**
 * Extracts the features of files: Identify, Recall, Decode, Resample, Segment, WriteSegments,
 * Featurize, StoreFeatures; with a pretrained model of the user, EmbedSound before Featurize. The
 * input is the groups of {@link Read#FILES}; the outputs are those of {@link Identify}, {@link
 * #FEATURES} and {@link #FAILURES}.
 *
 * <p>On Flink these are separate steps, which Flink chains: a song passes through all steps before
 * the next song starts. The Direct Runner would run each step over all songs before the next step,
 * and hold every decoded window in memory; there the same steps are fused into one.
 */
public final class ExtractFeatures
    extends PTransform<PCollection<KV<Integer, Iterable<SongFile>>>, PCollectionTuple> {
  /** Features of the songs that did not fail. */
  static final TupleTag<SegmentFeatures> FEATURES = new TupleTag<>("all features") {};

  /** Failures of all steps, including stored failures of earlier runs. */
  static final TupleTag<Failure> FAILURES = new TupleTag<>("all failures") {};

  private final AudioOptions options;
  private final String processed;
  private final FeatureStore store;

  private ExtractFeatures(AudioOptions options, String processed, FeatureStore store) {
    this.options = options;
    this.processed = processed;
    this.store = store;
  }

  /** Extracts, recalls and stores features by the given configuration. */
  static ExtractFeatures with(PipelineConfig config) {
    return new ExtractFeatures(config.audio(), config.processed(), config.store());
  }

  /** The steps from files to stored features. */
  public static Step<KV<Integer, Iterable<SongFile>>, SegmentFeatures> steps(
      AudioOptions options, String processed, FeatureStore store) {
    return Identify.files()
        .then(Recall.from(store))
        .then(fromSound(options, options.keepsSegments() ? processed : null))
        .then(StoreFeatures.into(store));
  }

  /**
   * The steps from an identified song to its features; without a folder, no segments are written.
   */
  public static Step<SongRef, SegmentFeatures> fromSound(
      AudioOptions options, @Nullable String processed) {
    Step<SongRef, AudioSegment> segments =
        Decode.with(options.decode())
            .then(Resample.to(options.sampleRate()).andFor(options.modelRate()))
            .then(Segment.with(options.segment()));
    if (processed != null) {
      segments = segments.then(WriteSegments.to(processed));
    }
    EmbeddingOptions model = options.embedding();
    if (model != null) {
      segments = segments.then(EmbedSound.with(model, options.features(), options.sampleRate()));
    }
    return segments.then(Featurize.with(options.features(), options.sampleRate(), options.spec()));
  }

  /**
   * The outcome of one song.
   *
   * @param features null if the song failed
   * @param failure null if it did not
   */
  public record Extraction(@Nullable SegmentFeatures features, @Nullable Failure failure) {
    /** Runs the steps of {@link #fromSound} on a song. */
    public static Extraction of(SongRef song, Worker<SongRef, SegmentFeatures> steps)
        throws IOException {
      AtomicReference<@Nullable Extraction> made = new AtomicReference<>();
      steps.process(
          song,
          new Emitter<>() {
            @Override
            public void emit(SegmentFeatures features) {
              made.set(new Extraction(features, null));
            }

            @Override
            public <S> void emit(TupleTag<S> output, S value) {
              made.set(new Extraction(null, (Failure) value));
            }
          });
      return Objects.requireNonNull(made.get(), "a song is either extracted or given up");
    }
  }

  /** Applies steps separately or fused, whichever suits the runner. */
  public static <T> PCollectionTuple apply(Step<T, ?> steps, PCollection<T> input) {
    boolean isOnFlink = input.getPipeline().getOptions().getRunner().equals(FlinkRunner.class);
    return isOnFlink ? steps.applyEach(input) : steps.applyFused(input);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<Integer, Iterable<SongFile>>> files) {
    PCollectionTuple made = apply(steps(options, processed, store), files);
    made.get(Step.FAILURES).apply("RememberFailures", RememberFailures.in(store));
    return PCollectionTuple.of(
            FEATURES,
            PCollectionList.of(made.get(StoreFeatures.STORED))
                .and(made.get(Recall.KNOWN))
                .apply("AllFeatures", Flatten.pCollections()))
        .and(
            FAILURES,
            PCollectionList.of(made.get(Step.FAILURES))
                .and(made.get(Recall.FAILED))
                .apply("AllFailures", Flatten.pCollections()))
        .and(Read.SONGS, made.get(Read.SONGS))
        .and(Read.DUPLICATES, made.get(Read.DUPLICATES))
        .and(Read.IDENTIFIED, made.get(Read.IDENTIFIED));
  }
}
