package org.surmala.read;

import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Failure;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;

/**
 * Reads a collection: finds songs, gives each its identity and label, and tells one song under two
 * names. The output has the four tags below; every file that was found is in exactly one of them.
 */
public final class Read extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Songs, each content once. */
  public static final TupleTag<SongRef> SONGS = new TupleTag<>("songs") {};

  /** Further paths of a song. */
  public static final TupleTag<DuplicateSong> DUPLICATES = new TupleTag<>("duplicates") {};

  /** Files of other kinds. */
  public static final TupleTag<SkippedFile> SKIPPED = new TupleTag<>("skipped") {};

  /** What could not be read. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final ReadOptions options;

  private Read(ReadOptions options) {
    this.options = options;
  }

  /** Reads the songs that the options name. */
  public static Read from(ReadOptions options) {
    return new Read(options);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    TupleTag<SongFile> files = new TupleTag<>("files") {};
    TupleTag<KV<String, SongRef>> identified = new TupleTag<>("identified") {};

    PCollectionTuple listed =
        begin
            .apply("Source", Create.of(List.of(options.songs())).withCoder(StringUtf8Coder.of()))
            .apply(
                "List",
                ParDo.of(new ListSongsFn(options, files, SKIPPED, FAILURES))
                    .withOutputTags(files, TupleTagList.of(List.of(SKIPPED, FAILURES))));
    listed.get(files).setCoder(AvroCoder.of(SongFile.class));
    listed.get(SKIPPED).setCoder(AvroCoder.of(SkippedFile.class));
    listed.get(FAILURES).setCoder(AvroCoder.of(Failure.class));

    PCollectionTuple known =
        listed
            .get(files)
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply(
                "Identify",
                ParDo.of(new IdentifyFn(identified, FAILURES))
                    .withOutputTags(identified, TupleTagList.of(FAILURES)));
    known.get(identified).setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.of(SongRef.class)));
    known.get(FAILURES).setCoder(AvroCoder.of(Failure.class));

    known.get(identified).apply("Catalog", new WriteCatalog(options.catalog()));
    PCollectionTuple distinct =
        known
            .get(identified)
            .apply("GroupByContent", GroupByKey.create())
            .apply(
                "FirstOfContent",
                ParDo.of(new FirstOfContentFn(SONGS, DUPLICATES))
                    .withOutputTags(SONGS, TupleTagList.of(DUPLICATES)));
    distinct.get(SONGS).setCoder(AvroCoder.of(SongRef.class));
    distinct.get(DUPLICATES).setCoder(AvroCoder.of(DuplicateSong.class));

    PCollection<Failure> failures =
        PCollectionList.of(listed.get(FAILURES))
            .and(known.get(FAILURES))
            .apply("AllFailures", Flatten.pCollections());
    return PCollectionTuple.of(SONGS, distinct.get(SONGS))
        .and(DUPLICATES, distinct.get(DUPLICATES))
        .and(SKIPPED, listed.get(SKIPPED))
        .and(FAILURES, failures);
  }
}
