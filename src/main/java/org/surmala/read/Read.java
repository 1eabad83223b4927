package org.surmala.read;

import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.surmala.io.RecordCoder;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Failure;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;

/**
 * Lists a collection. Every found file is in exactly one of the outputs {@link #FILES}, {@link
 * #SKIPPED} and {@link #FAILURES}; {@link #LISTED} has their number.
 *
 * <p>Files are emitted in groups, and files with the same bytes are in the same group, so that
 * {@link Identify} can find duplicates without reading the whole collection: files of different
 * size are never duplicates, and a few kilobytes distinguish most files of the same size.
 */
public final class Read extends PTransform<PBegin, PCollectionTuple> {
  /** Files that may be songs, in groups. */
  public static final TupleTag<KV<Integer, Iterable<SongFile>>> FILES = new TupleTag<>("files") {};

  /** Skipped files. */
  public static final TupleTag<SkippedFile> SKIPPED = new TupleTag<>("skipped") {};

  /** Files that could not be read. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  /** Songs without duplicates: an output of {@link Identify}. */
  public static final TupleTag<SongRef> SONGS = new TupleTag<>("songs") {};

  /** Further paths of a song: an output of {@link Identify}. */
  public static final TupleTag<DuplicateSong> DUPLICATES = new TupleTag<>("duplicates") {};

  /** Every path with its identity, for {@link WriteCatalog}: an output of {@link Identify}. */
  public static final TupleTag<SongRef> IDENTIFIED = new TupleTag<>("identified") {};

  /** A single number: the count of listed files. */
  public static final TupleTag<Long> LISTED = new TupleTag<>("listed") {};

  private final ReadOptions options;

  private Read(ReadOptions options) {
    this.options = options;
  }

  /** Lists the songs of the options. */
  public static Read from(ReadOptions options) {
    return new Read(options);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    Coder<KV<Integer, SongFile>> grouped =
        KvCoder.of(VarIntCoder.of(), RecordCoder.of(SongFile.class));
    PCollectionTuple listed =
        begin
            .apply("Once", Impulse.create())
            .apply(
                "List",
                ParDo.of(new ListSongsFn(options))
                    .withOutputTags(
                        ListSongsFn.FILES, TupleTagList.of(List.of(SKIPPED, FAILURES, LISTED))));
    listed.get(ListSongsFn.FILES).setCoder(grouped);
    listed.get(SKIPPED).setCoder(RecordCoder.of(SkippedFile.class));
    listed.get(FAILURES).setCoder(RecordCoder.of(Failure.class));
    listed.get(LISTED).setCoder(VarLongCoder.of());
    return PCollectionTuple.of(
            FILES,
            listed
                .get(ListSongsFn.FILES)
                .apply("GroupBySize", GroupByKey.create())
                .apply("TellApart", ParDo.of(new GroupDuplicatesFn(options.shards())))
                .setCoder(grouped)
                .apply("GroupByContent", GroupByKey.create()))
        .and(SKIPPED, listed.get(SKIPPED))
        .and(FAILURES, listed.get(FAILURES))
        .and(LISTED, listed.get(LISTED));
  }
}
