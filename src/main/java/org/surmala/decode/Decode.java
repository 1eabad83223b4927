package org.surmala.decode;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithFailures;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.surmala.coder.RecordCoder;
import org.surmala.schema.AudioClip;
import org.surmala.schema.Failure;
import org.surmala.schema.SongRef;

/**
 * Decodes the middle of each song: the samples as coded, and what the file says of itself. A song
 * that cannot be decoded becomes a {@link Failure}.
 */
public final class Decode
    extends PTransform<PCollection<SongRef>, WithFailures.Result<PCollection<AudioClip>, Failure>> {
  private static final long serialVersionUID = 1L;

  private final DecodeOptions options;

  private Decode(DecodeOptions options) {
    this.options = options;
  }

  /** Decodes the window that the options say, within their limits. */
  public static Decode with(DecodeOptions options) {
    return new Decode(options);
  }

  @Override
  public WithFailures.Result<PCollection<AudioClip>, Failure> expand(PCollection<SongRef> songs) {
    TupleTag<AudioClip> clips = new TupleTag<>() {};
    TupleTag<Failure> failures = new TupleTag<>() {};
    PCollectionTuple split =
        songs.apply(
            "Decode each",
            ParDo.of(new DecodeFn(options, clips, failures))
                .withOutputTags(clips, TupleTagList.of(failures)));
    return WithFailures.Result.of(
        split.get(clips).setCoder(RecordCoder.of(AudioClip.class)),
        split.get(failures).setCoder(RecordCoder.of(Failure.class)));
  }
}
