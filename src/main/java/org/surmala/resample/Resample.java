package org.surmala.resample;

import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.Resampler;
import org.surmala.schema.AudioClip;
import org.surmala.schema.SongRef;
import org.surmala.step.SongStep;

/** Resamples clips to mono at one sample rate ({@link MonoResampler}). */
public final class Resample extends SongStep<AudioClip, AudioClip> {
  /** The mono clips. */
  public static final TupleTag<AudioClip> RESAMPLED = new TupleTag<>("resampled") {};

  private final int sampleRate;
  private final @Nullable Integer modelRate;

  private Resample(int sampleRate, @Nullable Integer modelRate) {
    super("Resample", "resample", RESAMPLED, AudioClip.class);
    this.sampleRate = sampleRate;
    this.modelRate = modelRate;
  }

  /**
   * Resamples to the given rate in hertz.
   *
   * @throws IllegalArgumentException if it is outside {@link Resampler#MIN_RATE} to {@link
   *     Resampler#MAX_RATE}
   */
  public static Resample to(int sampleRate) {
    Resampler.checkRate("sample rate", sampleRate);
    return new Resample(sampleRate, null);
  }

  /** Also resamples to the rate of a pretrained model, Hz; null for none. */
  public Resample andFor(@Nullable Integer rateOfModel) {
    return new Resample(sampleRate, rateOfModel);
  }

  @Override
  protected Function<AudioClip, AudioClip> function() {
    return new MonoResampler(sampleRate, modelRate)::resample;
  }

  @Override
  protected SongRef song(AudioClip clip) {
    return clip.getSong();
  }
}
