package org.surmala.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithFailures;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.coder.RecordCoder;
import org.surmala.read.FeatureTable;
import org.surmala.read.Read;
import org.surmala.read.ReadFeatureTable;
import org.surmala.read.WriteCatalog;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongRef;
import org.surmala.store.FeatureStore;
import org.surmala.store.Recall;
import org.surmala.store.RememberFailures;
import org.surmala.store.StoreFeatures;

/**
 * Gives the features of every song of a collection: from the feature store where it knows them,
 * else from the sound. A finished table of features takes the place of both. The outputs are those
 * of {@link Read}, with the failures of every audio stage among {@link Read#FAILURES}, and {@link
 * #FEATURES}.
 */
final class Listen extends PTransform<PBegin, PCollectionTuple> {
  /** Features of the songs that did not fail. */
  static final TupleTag<SegmentFeatures> FEATURES = new TupleTag<>("features") {};

  private final PipelineConfig config;

  private Listen(PipelineConfig config) {
    this.config = config;
  }

  /** Listens to the songs that the configuration names. */
  static Listen to(PipelineConfig config) {
    return new Listen(config);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    FeatureTable table = config.table();
    return table == null ? fromSound(begin) : fromTable(begin, table);
  }

  private PCollectionTuple fromSound(PBegin begin) {
    FeatureStore store = config.store();
    boolean isAtOnce = hearsAtOnce(begin, store);
    Read reading = Read.from(config.read());
    PCollectionTuple collection = begin.apply("Read", isAtOnce ? reading.leavingLone() : reading);
    PCollectionTuple lone =
        isAtOnce
            ? collection
                .get(Read.LONE)
                .apply("HearLone", HearFiles.with(config.audio(), config.processed()))
            : null;
    PCollectionTuple recalled =
        isAtOnce
            ? null
            : collection.get(Read.SONGS).apply("Recall", Recall.from(store, config.shards()));
    PCollection<SongRef> unknown =
        recalled == null
            ? collection.get(Read.SONGS)
            : recalled
                .get(Recall.UNKNOWN)
                .apply(
                    "SpreadSongs",
                    Reshuffle.<SongRef>viaRandomKey().withNumBuckets(config.shards().count()));
    WithFailures.Result<PCollection<SegmentFeatures>, Failure> computed =
        unknown.apply("AudioToFeatures", AudioToFeatures.with(config.audio(), config.processed()));
    joined("AllPaths", collection.get(Read.IDENTIFIED), lone, HearFiles.SONGS)
        .apply("Catalog", WriteCatalog.to(config.read().catalog()));
    PCollection<Failure> unheard = joined("Unheard", computed.failures(), lone, HearFiles.FAILURES);
    unheard.apply("RememberFailures", RememberFailures.in(store));
    PCollection<SegmentFeatures> stored =
        joined("Heard", computed.output(), lone, HearFiles.FEATURES)
            .apply("StoreFeatures", StoreFeatures.into(store));
    PCollection<SegmentFeatures> features = joined("AllFeatures", stored, recalled, Recall.KNOWN);
    PCollection<SongRef> songs =
        joined("AllSongs", collection.get(Read.SONGS), lone, HearFiles.SONGS);
    PCollection<Failure> failures =
        PCollectionList.of(collection.get(Read.FAILURES))
            .and(joined("NotHeard", unheard, recalled, Recall.FAILED))
            .apply("AllFailures", Flatten.pCollections())
            .apply("CountFailures", ParDo.of(new CountFailuresFn()))
            .setCoder(RecordCoder.of(Failure.class));
    return PCollectionTuple.of(Read.SONGS, songs)
        .and(FEATURES, features)
        .and(Read.FAILURES, failures)
        .and(Read.DUPLICATES, collection.get(Read.DUPLICATES))
        .and(Read.SKIPPED, collection.get(Read.SKIPPED))
        .and(Read.LISTED, collection.get(Read.LISTED));
  }

  /**
   * Whether songs may be heard before all files were read. Where nothing is known, nothing has to
   * be looked up first. Flink schedules a batch job by regions, and these two ways of a song,
   * joined in the catalog and again in the results, are regions that wait for one another for ever.
   */
  private static boolean hearsAtOnce(PBegin begin, FeatureStore store) {
    return isEmpty(store)
        && !begin.getPipeline().getOptions().getRunner().equals(FlinkRunner.class);
  }

  private static <T> PCollection<T> joined(
      String name, PCollection<T> own, @Nullable PCollectionTuple others, TupleTag<T> tag) {
    return others == null
        ? own
        : PCollectionList.of(own).and(others.get(tag)).apply(name, Flatten.pCollections());
  }

  private static boolean isEmpty(FeatureStore store) {
    try {
      return store.featureFiles().isEmpty() && store.failureFiles().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(store.directory() + ": cannot be listed", e);
    }
  }

  private static PCollectionTuple fromTable(PBegin begin, FeatureTable table) {
    PCollectionTuple rows = begin.apply("ReadFeatureTable", ReadFeatureTable.from(table));
    PCollection<SkippedFile> none =
        begin.apply("NoneSkipped", Create.empty(RecordCoder.of(SkippedFile.class)));
    return PCollectionTuple.of(Read.SONGS, rows.get(Read.SONGS))
        .and(FEATURES, rows.get(ReadFeatureTable.FEATURES))
        .and(Read.FAILURES, rows.get(Read.FAILURES))
        .and(Read.DUPLICATES, rows.get(Read.DUPLICATES))
        .and(Read.SKIPPED, none)
        .and(Read.LISTED, rows.get(Read.LISTED));
  }
}
