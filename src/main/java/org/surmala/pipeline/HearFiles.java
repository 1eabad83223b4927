package org.surmala.pipeline;

import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.surmala.coder.RecordCoder;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;

/**
 * Gives each file its identity and hears it, in one step: the first song is heard when one file was
 * read, not when all were. Only for files of which none is another's duplicate, and none is in the
 * feature store. They come in the groups into which they are dealt.
 */
final class HearFiles
    extends PTransform<PCollection<KV<Integer, Iterable<SongFile>>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Files with their identity, whether they could be heard or not. */
  static final TupleTag<SongRef> SONGS = new TupleTag<>("songs") {};

  /** What was heard. */
  static final TupleTag<SegmentFeatures> FEATURES = new TupleTag<>("features") {};

  /** What could not be read or heard. */
  static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final AudioOptions options;
  private final String processed;

  private HearFiles(AudioOptions options, String processed) {
    this.options = options;
    this.processed = processed;
  }

  /**
   * Hears with the given options.
   *
   * @param options of the four audio stages
   * @param processed folder for the segments, ending in a slash
   */
  static HearFiles with(AudioOptions options, String processed) {
    return new HearFiles(options, processed);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<Integer, Iterable<SongFile>>> files) {
    PCollectionTuple heard =
        files.apply(
            "ReadAndHear",
            ParDo.of(new ReadAndHearFn(options, processed, FEATURES, SONGS, FAILURES))
                .withOutputTags(FEATURES, TupleTagList.of(List.of(SONGS, FAILURES))));
    heard.get(FEATURES).setCoder(RecordCoder.of(SegmentFeatures.class));
    heard.get(SONGS).setCoder(RecordCoder.of(SongRef.class));
    heard.get(FAILURES).setCoder(RecordCoder.of(Failure.class));
    return heard;
  }
}
