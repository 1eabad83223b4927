package org.surmala.resample;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithFailures;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.surmala.coder.RecordCoder;
import org.surmala.dsp.Resampler;
import org.surmala.schema.AudioClip;
import org.surmala.schema.Failure;

/** Resamples clips to mono at one sample rate: {@link MonoResampler} for each element. */
public final class Resample
    extends PTransform<
        PCollection<AudioClip>, WithFailures.Result<PCollection<AudioClip>, Failure>> {
  private static final long serialVersionUID = 1L;

  private final int sampleRate;

  private Resample(int sampleRate) {
    this.sampleRate = sampleRate;
  }

  /**
   * Resamples to so many hertz.
   *
   * @throws IllegalArgumentException when it is outside {@link Resampler#MIN_RATE} to {@link
   *     Resampler#MAX_RATE}
   */
  public static Resample to(int sampleRate) {
    Resampler.checkRate("sample rate", sampleRate);
    return new Resample(sampleRate);
  }

  @Override
  public WithFailures.Result<PCollection<AudioClip>, Failure> expand(PCollection<AudioClip> clips) {
    TupleTag<AudioClip> resampled = new TupleTag<>("resampled") {};
    TupleTag<Failure> failures = new TupleTag<>("failures") {};
    PCollectionTuple out =
        clips.apply(
            "Resample",
            ParDo.of(new ResampleFn(sampleRate, resampled, failures))
                .withOutputTags(resampled, TupleTagList.of(failures)));
    return WithFailures.Result.of(
        out.get(resampled).setCoder(RecordCoder.of(AudioClip.class)),
        out.get(failures).setCoder(RecordCoder.of(Failure.class)));
  }
}
