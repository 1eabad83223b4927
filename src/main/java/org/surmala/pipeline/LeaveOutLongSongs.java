package org.surmala.pipeline;

import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.surmala.io.RecordCoder;
import org.surmala.read.Read;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongRef;

/**
 * Removes songs that are longer than the limit from {@link CollectFeatures#FEATURES} and adds them
 * to {@link Read#SKIPPED}. Their features stay in the store, so that another limit needs no
 * decoding. The other outputs of {@link CollectFeatures} pass unchanged.
 */
final class LeaveOutLongSongs extends PTransform<PCollectionTuple, PCollectionTuple> {
  private static final TupleTag<SongRef> SONG = new TupleTag<>("song") {};
  private static final TupleTag<Boolean> LONG = new TupleTag<>("long") {};

  private final double maxSeconds;

  private LeaveOutLongSongs(double maxSeconds) {
    this.maxSeconds = maxSeconds;
  }

  /** Removes songs longer than this, in seconds; songs of unknown length (NaN) stay. */
  static LeaveOutLongSongs above(double maxSeconds) {
    return new LeaveOutLongSongs(maxSeconds);
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple collection) {
    double limit = maxSeconds;
    PCollection<SegmentFeatures> all = collection.get(CollectFeatures.FEATURES);
    PCollection<KV<String, Boolean>> tooLong =
        all.apply("Long", Filter.by(song -> song.getInfo().getDurationSeconds() > limit))
            .apply(
                "Ids",
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.booleans()))
                    .via(song -> KV.of(song.getId(), true)))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), BooleanCoder.of()));
    PCollection<SkippedFile> skipped =
        KeyedPCollectionTuple.of(
                SONG,
                collection
                    .get(Read.SONGS)
                    .apply(
                        "ById", WithKeys.of(SongRef::getId).withKeyType(TypeDescriptors.strings())))
            .and(LONG, tooLong)
            .apply("Join", CoGroupByKey.create())
            .apply("Skip", ParDo.of(new SkipFn()))
            .setCoder(RecordCoder.of(SkippedFile.class));
    return PCollectionTuple.of(Read.SONGS, collection.get(Read.SONGS))
        .and(
            CollectFeatures.FEATURES,
            all.apply("Short", Filter.by(song -> !(song.getInfo().getDurationSeconds() > limit))))
        .and(Read.FAILURES, collection.get(Read.FAILURES))
        .and(Read.DUPLICATES, collection.get(Read.DUPLICATES))
        .and(
            Read.SKIPPED,
            PCollectionList.of(collection.get(Read.SKIPPED))
                .and(skipped)
                .apply("AllSkipped", Flatten.pCollections()))
        .and(Read.LISTED, collection.get(Read.LISTED));
  }

  private static final class SkipFn extends DoFn<KV<String, CoGbkResult>, SkippedFile> {
    @ProcessElement
    public void process(@Element KV<String, CoGbkResult> song, OutputReceiver<SkippedFile> out) {
      if (song.getValue().getOnly(LONG, false)) {
        out.output(
            new SkippedFile(song.getValue().getOnly(SONG).getFilepath(), SkipReason.TOO_LONG));
      }
    }
  }
}
