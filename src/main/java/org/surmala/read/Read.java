package org.surmala.read;

import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
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
 * names. Every file that was found is in exactly one of the outputs {@link #SONGS}, {@link
 * #DUPLICATES}, {@link #SKIPPED} and {@link #FAILURES}; {@link #LISTED} says how many there are.
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

  /** One number: how many files were found, counted when they were listed. */
  public static final TupleTag<Long> LISTED = new TupleTag<>("listed") {};

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
    TupleTag<KV<Integer, SongRef>> identified = new TupleTag<>("identified") {};

    PCollectionTuple listed =
        begin
            .apply("Source", Create.of(List.of(options.songs())).withCoder(StringUtf8Coder.of()))
            .apply(
                "List",
                ParDo.of(new ListSongsFn(options, files, SKIPPED, FAILURES, LISTED))
                    .withOutputTags(files, TupleTagList.of(List.of(SKIPPED, FAILURES, LISTED))));
    listed.get(files).setCoder(AvroCoder.of(SongFile.class));
    listed.get(SKIPPED).setCoder(AvroCoder.of(SkippedFile.class));
    listed.get(FAILURES).setCoder(AvroCoder.of(Failure.class));
    listed.get(LISTED).setCoder(VarLongCoder.of());

    PCollectionTuple known =
        listed
            .get(files)
            .apply(
                "Spread",
                Reshuffle.<SongFile>viaRandomKey().withNumBuckets(options.shards().count()))
            .apply(
                "Identify",
                ParDo.of(new IdentifyFn(options.shards(), identified, FAILURES))
                    .withOutputTags(identified, TupleTagList.of(FAILURES)));
    known.get(identified).setCoder(KvCoder.of(VarIntCoder.of(), AvroCoder.of(SongRef.class)));
    known.get(FAILURES).setCoder(AvroCoder.of(Failure.class));

    known.get(identified).apply("Catalog", new WriteCatalog(options.catalog()));
    PCollectionTuple distinct =
        known
            .get(identified)
            .apply("GroupByShard", GroupByKey.create())
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
        .and(FAILURES, failures)
        .and(LISTED, listed.get(LISTED));
  }
}
