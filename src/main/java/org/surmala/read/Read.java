package org.surmala.read;

import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.surmala.coder.RecordCoder;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Failure;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;

/**
 * Reads a collection: finds songs, gives each its identity and label, and tells one song under two
 * names. Every file that was found is in exactly one of the outputs {@link #SONGS}, {@link
 * #DUPLICATES}, {@link #SKIPPED}, {@link #FAILURES} and {@link #LONE}; {@link #LISTED} says how
 * many there are.
 *
 * <p>A song under two names is known only when every file has been read from end to end. Files of
 * two sizes are never the same song, though: {@link #leavingLone} gives those that no other file
 * equals in size as they were listed, for somebody who can read them while the first is heard.
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

  /**
   * Files as they were listed, none as large as another, in the groups into which they are dealt:
   * an output of {@link #leavingLone} only.
   */
  public static final TupleTag<KV<Integer, Iterable<SongFile>>> LONE = new TupleTag<>("lone") {};

  /** Every path with its identity but those of {@link #LONE}: what {@link WriteCatalog} keeps. */
  public static final TupleTag<SongRef> IDENTIFIED = new TupleTag<>("identified") {};

  /** One number: how many files were found, counted when they were listed. */
  public static final TupleTag<Long> LISTED = new TupleTag<>("listed") {};

  private final ReadOptions options;
  private final boolean leavesLone;

  private Read(ReadOptions options, boolean leavesLone) {
    this.options = options;
    this.leavesLone = leavesLone;
  }

  /** Reads the songs that the options name, to their end. */
  public static Read from(ReadOptions options) {
    return new Read(options, false);
  }

  /**
   * The same for a collection of which nothing is known: files that no other equals in size are
   * given unread, as {@link #LONE}, and all songs count as ones to be heard.
   */
  public Read leavingLone() {
    return new Read(options, true);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    Coder<KV<Integer, SongFile>> dealt =
        KvCoder.of(VarIntCoder.of(), RecordCoder.of(SongFile.class));
    PCollectionTuple listed =
        begin
            .apply("Once", Impulse.create())
            .apply(
                "List",
                ParDo.of(new ListSongsFn(options, leavesLone))
                    .withOutputTags(
                        ListSongsFn.FILES,
                        TupleTagList.of(List.of(ListSongsFn.LONE, SKIPPED, FAILURES, LISTED))));
    listed.get(ListSongsFn.FILES).setCoder(dealt);
    listed.get(ListSongsFn.LONE).setCoder(dealt);
    listed.get(SKIPPED).setCoder(RecordCoder.of(SkippedFile.class));
    listed.get(FAILURES).setCoder(RecordCoder.of(Failure.class));
    listed.get(LISTED).setCoder(VarLongCoder.of());

    PCollectionTuple known =
        listed
            .get(ListSongsFn.FILES)
            .apply("Spread", GroupByKey.create())
            .apply(
                "Identify",
                ParDo.of(new IdentifyFn(IDENTIFIED, FAILURES))
                    .withOutputTags(IDENTIFIED, TupleTagList.of(FAILURES)));
    known.get(IDENTIFIED).setCoder(RecordCoder.of(SongRef.class));
    known.get(FAILURES).setCoder(RecordCoder.of(Failure.class));

    PCollectionTuple distinct =
        known
            .get(IDENTIFIED)
            .apply(
                "ByShard",
                WithKeys.of((SongRef song) -> options.shards().of(song.getId()))
                    .withKeyType(TypeDescriptors.integers()))
            .setCoder(KvCoder.of(VarIntCoder.of(), RecordCoder.of(SongRef.class)))
            .apply("GroupByShard", GroupByKey.create())
            .apply(
                "FirstOfContent",
                ParDo.of(new FirstOfContentFn(SONGS, DUPLICATES, leavesLone))
                    .withOutputTags(SONGS, TupleTagList.of(DUPLICATES)));
    distinct.get(SONGS).setCoder(RecordCoder.of(SongRef.class));
    distinct.get(DUPLICATES).setCoder(RecordCoder.of(DuplicateSong.class));

    PCollection<Failure> failures =
        PCollectionList.of(listed.get(FAILURES))
            .and(known.get(FAILURES))
            .apply("AllFailures", Flatten.pCollections());
    PCollectionTuple read =
        PCollectionTuple.of(SONGS, distinct.get(SONGS))
            .and(DUPLICATES, distinct.get(DUPLICATES))
            .and(SKIPPED, listed.get(SKIPPED))
            .and(FAILURES, failures)
            .and(IDENTIFIED, known.get(IDENTIFIED))
            .and(LISTED, listed.get(LISTED));
    return leavesLone
        ? read.and(LONE, listed.get(ListSongsFn.LONE).apply("SpreadLone", GroupByKey.create()))
        : read;
  }
}
