package org.surmala.pipeline;

import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.config.PipelineConfig;
import org.surmala.io.RecordCoder;
import org.surmala.read.FeatureTable;
import org.surmala.read.Read;
import org.surmala.read.ReadFeatureTable;
import org.surmala.read.WriteCatalog;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SkippedFile;

/**
 * Collects the features of every song: from the feature store, or by extraction; or from a feature
 * table instead. The outputs are {@link #FEATURES} and the tags of {@link Read} except {@link
 * Read#FILES} and {@link Read#IDENTIFIED}; {@link Read#FAILURES} includes the failures of every
 * audio stage.
 */
public final class CollectFeatures extends PTransform<PBegin, PCollectionTuple> {
  /** Features of the songs that did not fail. */
  public static final TupleTag<SegmentFeatures> FEATURES = new TupleTag<>("features") {};

  private final PipelineConfig config;

  private CollectFeatures(PipelineConfig config) {
    this.config = config;
  }

  /** Collects the features of the songs of the configuration. */
  public static CollectFeatures to(PipelineConfig config) {
    return new CollectFeatures(config);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    FeatureTable table = config.table();
    return table == null ? fromSound(begin) : fromTable(begin, table);
  }

  private PCollectionTuple fromSound(PBegin begin) {
    PCollectionTuple listed = begin.apply("Read", Read.from(config.read()));
    PCollectionTuple extracted =
        listed.get(Read.FILES).apply("ExtractFeatures", ExtractFeatures.with(config));
    extracted.get(Read.IDENTIFIED).apply("Catalog", WriteCatalog.to(config.read().catalog()));
    PCollection<Failure> failures =
        PCollectionList.of(listed.get(Read.FAILURES))
            .and(extracted.get(ExtractFeatures.FAILURES))
            .apply("AllFailures", Flatten.pCollections())
            .apply("CountFailures", ParDo.of(new CountFailuresFn()))
            .setCoder(RecordCoder.of(Failure.class));
    PCollectionTuple collection =
        PCollectionTuple.of(Read.SONGS, extracted.get(Read.SONGS))
            .and(FEATURES, extracted.get(ExtractFeatures.FEATURES))
            .and(Read.FAILURES, failures)
            .and(Read.DUPLICATES, extracted.get(Read.DUPLICATES))
            .and(Read.SKIPPED, listed.get(Read.SKIPPED))
            .and(Read.LISTED, listed.get(Read.LISTED));
    return Double.isInfinite(config.maxSeconds())
        ? collection
        : collection.apply("LeaveOutLongSongs", LeaveOutLongSongs.above(config.maxSeconds()));
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
