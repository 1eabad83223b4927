package org.surmala.store;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/**
 * Looks songs up in the feature store. Each song is in exactly one output: its stored features, the
 * failure that it is known to give, or itself, to be computed.
 */
public final class Recall extends PTransform<PCollection<SongRef>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Songs that the store does not know. */
  public static final TupleTag<SongRef> UNKNOWN = new TupleTag<>("unknown") {};

  /** Features of songs that it knows. */
  public static final TupleTag<SegmentFeatures> KNOWN = new TupleTag<>("known") {};

  /** Failures that it knows, under the songs' present paths. */
  public static final TupleTag<Failure> FAILED = new TupleTag<>("failed") {};

  private final FeatureStore store;

  private Recall(FeatureStore store) {
    this.store = store;
  }

  /** Looks up in the given store. */
  public static Recall from(FeatureStore store) {
    return new Recall(store);
  }

  @Override
  public PCollectionTuple expand(PCollection<SongRef> songs) {
    PCollection<KV<String, SegmentFeatures>> features =
        songs
            .getPipeline()
            .apply("Features", Create.of("features").withCoder(StringUtf8Coder.of()))
            .apply("ListFeatures", ParDo.of(new ListFn(store, false)))
            .apply("SpreadFeatures", Reshuffle.viaRandomKey())
            .apply("ReadFeatures", ParDo.of(new ReadFeaturesFn()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.of(SegmentFeatures.class)));
    PCollection<KV<String, Failure>> failures =
        songs
            .getPipeline()
            .apply("Failures", Create.of("failures").withCoder(StringUtf8Coder.of()))
            .apply("ListFailures", ParDo.of(new ListFn(store, true)))
            .apply("SpreadFailures", Reshuffle.viaRandomKey())
            .apply("ReadFailures", ParDo.of(new ReadFailuresFn()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.of(Failure.class)));
    PCollection<KV<String, SongRef>> wanted =
        songs
            .apply("ById", WithKeys.of(SongRef::getId).withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.of(SongRef.class)));

    TupleTag<SongRef> songTag = new TupleTag<>("song") {};
    TupleTag<SegmentFeatures> featuresTag = new TupleTag<>("features") {};
    TupleTag<Failure> failureTag = new TupleTag<>("failure") {};
    PCollectionTuple found =
        KeyedPCollectionTuple.of(songTag, wanted)
            .and(featuresTag, features)
            .and(failureTag, failures)
            .apply("Join", CoGroupByKey.create())
            .apply(
                "LookUp",
                ParDo.of(new LookUpFn(songTag, featuresTag, failureTag))
                    .withOutputTags(UNKNOWN, TupleTagList.of(List.of(KNOWN, FAILED))));
    found.get(UNKNOWN).setCoder(AvroCoder.of(SongRef.class));
    found.get(KNOWN).setCoder(AvroCoder.of(SegmentFeatures.class));
    found.get(FAILED).setCoder(AvroCoder.of(Failure.class));
    return found;
  }

  private static final class ListFn extends DoFn<String, String> {
    private final FeatureStore store;
    private final boolean failures;

    ListFn(FeatureStore store, boolean failures) {
      this.store = store;
      this.failures = failures;
    }

    @ProcessElement
    public void process(OutputReceiver<String> out) throws IOException {
      (failures ? store.failureFiles() : store.featureFiles()).forEach(out::output);
    }
  }

  private static final class ReadFeaturesFn extends DoFn<String, KV<String, SegmentFeatures>> {
    @ProcessElement
    public void process(@Element String file, OutputReceiver<KV<String, SegmentFeatures>> out)
        throws IOException {
      FeatureStore.readFeatures(file, features -> out.output(KV.of(features.getId(), features)));
    }
  }

  private static final class ReadFailuresFn extends DoFn<String, KV<String, Failure>> {
    @ProcessElement
    public void process(@Element String file, OutputReceiver<KV<String, Failure>> out)
        throws IOException {
      FeatureStore.readFailures(file, failure -> out.output(KV.of(failure.getId(), failure)));
    }
  }

  private static final class LookUpFn extends DoFn<KV<String, CoGbkResult>, SongRef> {
    private final TupleTag<SongRef> songTag;
    private final TupleTag<SegmentFeatures> featuresTag;
    private final TupleTag<Failure> failureTag;
    private final Counter recalled = Metrics.counter("surmala", "recalled");
    private final Counter pending = Metrics.counter("surmala", "pending");

    LookUpFn(
        TupleTag<SongRef> songTag,
        TupleTag<SegmentFeatures> featuresTag,
        TupleTag<Failure> failureTag) {
      this.songTag = songTag;
      this.featuresTag = featuresTag;
      this.failureTag = failureTag;
    }

    @ProcessElement
    public void process(@Element KV<String, CoGbkResult> joined, MultiOutputReceiver out) {
      Iterator<SongRef> songs = joined.getValue().getAll(songTag).iterator();
      if (!songs.hasNext()) {
        // A song of an earlier run that is no longer in the collection.
        return;
      }
      SongRef song = songs.next();
      Iterator<SegmentFeatures> features = joined.getValue().getAll(featuresTag).iterator();
      Iterator<Failure> failures = joined.getValue().getAll(failureTag).iterator();
      if (features.hasNext()) {
        recalled.inc();
        out.get(KNOWN).output(features.next());
      } else if (failures.hasNext()) {
        out.get(FAILED)
            .output(
                Failure.newBuilder(failures.next())
                    .setUri(song.getUri())
                    .setFilepath(song.getFilepath())
                    .build());
      } else {
        pending.inc();
        out.get(UNKNOWN).output(song);
      }
    }
  }
}
