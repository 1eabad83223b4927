package org.surmala.decode;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.Failure;
import org.surmala.schema.SongRef;

/** Decodes each song, and counts how long that takes. */
final class DecodeFn extends DoFn<SongRef, AudioClip> {
  private final DecodeOptions options;
  private final TupleTag<AudioClip> clips;
  private final TupleTag<Failure> failures;
  private final Counter decoded = Metrics.counter("surmala", "decoded");
  private final Counter micros = Metrics.counter("surmala", "micros.decode");
  private transient @Nullable WindowDecoder decoder;

  DecodeFn(DecodeOptions options, TupleTag<AudioClip> clips, TupleTag<Failure> failures) {
    this.options = options;
    this.clips = clips;
    this.failures = failures;
  }

  @Setup
  public void setup() {
    decoder = new WindowDecoder(options);
  }

  @ProcessElement
  public void process(@Element SongRef song, MultiOutputReceiver out) {
    long start = System.nanoTime();
    try {
      AudioClip clip = Objects.requireNonNull(decoder).decode(song);
      count(start);
      decoded.inc();
      out.get(clips).output(clip);
    } catch (SongException e) {
      count(start);
      out.get(failures).output(e.toFailure(song.getId(), song.getUri(), song.getFilepath()));
    }
  }

  /** Not in a finally clause: what the next stage does inside {@code output} is not decoding. */
  private void count(long start) {
    micros.inc(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
  }
}
