package org.surmala.segment;

import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.SongRef;
import org.surmala.step.SongStep;

/** Segments mono clips ({@link Segmenter}). */
public final class Segment extends SongStep<AudioClip, AudioSegment> {
  /** The segments. */
  public static final TupleTag<AudioSegment> SEGMENTS = new TupleTag<>("segments") {};

  private final SegmentOptions options;

  private Segment(SegmentOptions options) {
    super("Segment", "segment", SEGMENTS, AudioSegment.class);
    this.options = options;
  }

  /** Segments with these options. */
  public static Segment with(SegmentOptions options) {
    return new Segment(options);
  }

  @Override
  protected Function<AudioClip, AudioSegment> function() {
    return new Segmenter(options)::segment;
  }

  @Override
  protected SongRef song(AudioClip clip) {
    return clip.getSong();
  }
}
