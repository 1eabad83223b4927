package org.surmala.segment;

import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.Failure;
import org.surmala.schema.SongRef;

/** Segments one clip at a time. */
final class SegmentFn extends DoFn<AudioClip, AudioSegment> {
  private final SegmentOptions options;
  private final TupleTag<AudioSegment> segments;
  private final TupleTag<Failure> failures;
  private final Counter micros = Metrics.counter("surmala", "micros.segment");
  private transient @Nullable Segmenter segmenter;

  SegmentFn(SegmentOptions options, TupleTag<AudioSegment> segments, TupleTag<Failure> failures) {
    this.options = options;
    this.segments = segments;
    this.failures = failures;
  }

  @Setup
  public void setup() {
    segmenter = new Segmenter(options);
  }

  @ProcessElement
  public void process(@Element AudioClip clip, MultiOutputReceiver out) {
    long start = System.nanoTime();
    try {
      AudioSegment segment = Objects.requireNonNull(segmenter).segment(clip);
      micros.inc((System.nanoTime() - start) / 1_000);
      out.get(segments).output(segment);
    } catch (SongException e) {
      SongRef song = clip.getSong();
      out.get(failures).output(e.toFailure(song.getId(), song.getUri(), song.getFilepath()));
    }
  }
}
