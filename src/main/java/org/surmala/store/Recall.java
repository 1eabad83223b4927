package org.surmala.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
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
import org.surmala.coder.RecordCoder;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.shard.Shards;

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
  private final Shards shards;

  private Recall(FeatureStore store, Shards shards) {
    this.store = store;
    this.shards = shards;
  }

  /** Looks up in the given store, the songs dealt into the given shards. */
  public static Recall from(FeatureStore store, Shards shards) {
    return new Recall(store, shards);
  }

  @Override
  public PCollectionTuple expand(PCollection<SongRef> songs) {
    PCollection<KV<Integer, SegmentFeatures>> features =
        songs
            .getPipeline()
            .apply("Features", Create.of("features").withCoder(StringUtf8Coder.of()))
            .apply("ListFeatures", ParDo.of(new ListFn(store, false)))
            .apply(
                "SpreadFeatures", Reshuffle.<String>viaRandomKey().withNumBuckets(shards.count()))
            .apply("ReadFeatures", ParDo.of(new ReadFeaturesFn(shards)))
            .setCoder(KvCoder.of(VarIntCoder.of(), RecordCoder.of(SegmentFeatures.class)));
    PCollection<KV<Integer, Failure>> failures =
        songs
            .getPipeline()
            .apply("Failures", Create.of("failures").withCoder(StringUtf8Coder.of()))
            .apply("ListFailures", ParDo.of(new ListFn(store, true)))
            .apply(
                "SpreadFailures", Reshuffle.<String>viaRandomKey().withNumBuckets(shards.count()))
            .apply("ReadFailures", ParDo.of(new ReadFailuresFn(shards)))
            .setCoder(KvCoder.of(VarIntCoder.of(), RecordCoder.of(Failure.class)));
    PCollection<KV<Integer, SongRef>> wanted =
        songs
            .apply(
                "ByShard",
                WithKeys.of((SongRef song) -> shards.of(song.getId()))
                    .withKeyType(TypeDescriptors.integers()))
            .setCoder(KvCoder.of(VarIntCoder.of(), RecordCoder.of(SongRef.class)));

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
    found.get(UNKNOWN).setCoder(RecordCoder.of(SongRef.class));
    found.get(KNOWN).setCoder(RecordCoder.of(SegmentFeatures.class));
    found.get(FAILED).setCoder(RecordCoder.of(Failure.class));
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

  private static final class ReadFeaturesFn extends DoFn<String, KV<Integer, SegmentFeatures>> {
    private final Shards shards;

    ReadFeaturesFn(Shards shards) {
      this.shards = shards;
    }

    @ProcessElement
    public void process(@Element String file, OutputReceiver<KV<Integer, SegmentFeatures>> out)
        throws IOException {
      FeatureStore.isIntact(
          file,
          () ->
              FeatureStore.readFeatures(
                  file, features -> out.output(KV.of(shards.of(features.getId()), features))));
    }
  }

  private static final class ReadFailuresFn extends DoFn<String, KV<Integer, Failure>> {
    private final Shards shards;

    ReadFailuresFn(Shards shards) {
      this.shards = shards;
    }

    @ProcessElement
    public void process(@Element String file, OutputReceiver<KV<Integer, Failure>> out)
        throws IOException {
      FeatureStore.isIntact(
          file,
          () ->
              FeatureStore.readFailures(
                  file, failure -> out.output(KV.of(shards.of(failure.getId()), failure))));
    }
  }

  private static final class LookUpFn extends DoFn<KV<Integer, CoGbkResult>, SongRef> {
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
    public void process(@Element KV<Integer, CoGbkResult> joined, MultiOutputReceiver out) {
      CoGbkResult shard = joined.getValue();
      Map<String, SongRef> songs = new TreeMap<>();
      shard.getAll(songTag).forEach(song -> songs.put(song.getId(), song));
      // Songs of an earlier run that are no longer in the collection are left out here.
      Map<String, SegmentFeatures> features = new HashMap<>();
      for (SegmentFeatures stored : shard.getAll(featuresTag)) {
        if (songs.containsKey(stored.getId())) {
          features.put(stored.getId(), stored);
        }
      }
      Map<String, Failure> failures = new HashMap<>();
      shard.getAll(failureTag).forEach(failure -> failures.put(failure.getId(), failure));
      songs.forEach(
          (id, song) -> {
            SegmentFeatures known = features.get(id);
            Failure failure = failures.get(id);
            if (known != null) {
              recalled.inc();
              out.get(KNOWN).output(known);
            } else if (failure != null) {
              out.get(FAILED)
                  .output(
                      Failure.newBuilder(failure)
                          .setUri(song.getUri())
                          .setFilepath(song.getFilepath())
                          .build());
            } else {
              pending.inc();
              out.get(UNKNOWN).output(song);
            }
          });
    }
  }
}
