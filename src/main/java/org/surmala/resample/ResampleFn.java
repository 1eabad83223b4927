package org.surmala.resample;

import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.Failure;
import org.surmala.schema.SongRef;

/** Resamples one clip at a time. */
final class ResampleFn extends DoFn<AudioClip, AudioClip> {
  private final int sampleRate;
  private final TupleTag<AudioClip> resampled;
  private final TupleTag<Failure> failures;
  private final Counter micros = Metrics.counter("surmala", "micros.resample");
  private transient @Nullable MonoResampler resampler;

  ResampleFn(int sampleRate, TupleTag<AudioClip> resampled, TupleTag<Failure> failures) {
    this.sampleRate = sampleRate;
    this.resampled = resampled;
    this.failures = failures;
  }

  @Setup
  public void setup() {
    resampler = new MonoResampler(sampleRate);
  }

  @ProcessElement
  public void process(@Element AudioClip clip, MultiOutputReceiver out) {
    long start = System.nanoTime();
    try {
      AudioClip mono = Objects.requireNonNull(resampler).resample(clip);
      micros.inc((System.nanoTime() - start) / 1_000);
      out.get(resampled).output(mono);
    } catch (SongException e) {
      SongRef song = clip.getSong();
      out.get(failures).output(e.toFailure(song.getId(), song.getUri(), song.getFilepath()));
    }
  }
}
