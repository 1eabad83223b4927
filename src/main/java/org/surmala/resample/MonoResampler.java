package org.surmala.resample;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.Resampler;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.RatedSamples;

/**
 * Converts clips to mono at one sample rate.
 *
 * <p>Mono is the mean of all channels or, if they cancel, one of them ({@link Downmix}); {@code
 * info.mix} of the result names it. Silent channels only change the level, which is normalised
 * later.
 *
 * <p>Caches the filters of the last few rates. Not safe for use by several threads.
 */
public final class MonoResampler {
  private static final int KEPT_RATES = 8;

  private final int sampleRate;
  private final @Nullable Integer modelRate;

  private final Map<Rates, Resampler> resamplers =
      new LinkedHashMap<>(KEPT_RATES * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Rates, Resampler> eldest) {
          return size() > KEPT_RATES;
        }
      };

  private record Rates(int from, int to) {}

  /**
   * A resampler without model samples.
   *
   * @param sampleRate output rate, Hz
   * @throws IllegalArgumentException if {@link Resampler} does not support the rate
   */
  public MonoResampler(int sampleRate) {
    this(sampleRate, null);
  }

  /**
   * A resampler.
   *
   * @param sampleRate output rate, Hz
   * @param modelRate rate of the samples for the user's pretrained model, Hz; null for none
   * @throws IllegalArgumentException if {@link Resampler} does not support a rate
   */
  public MonoResampler(int sampleRate, @Nullable Integer modelRate) {
    this.sampleRate = sampleRate;
    this.modelRate = modelRate;
    Resampler.checkRate("sample rate", sampleRate);
    if (modelRate != null) {
      Resampler.checkRate("sample rate of the model", modelRate);
    }
  }

  /**
   * The same window of the song in mono, with ceil(frames · sampleRate / clip's rate) samples; the
   * clip itself if nothing has to change.
   *
   * @param clip at least one channel; every channel has the same number of samples
   * @throws SongException {@link FailureCode#BAD_HEADER} if the clip has a rate outside {@link
   *     Resampler#MIN_RATE} to {@link Resampler#MAX_RATE}
   */
  public AudioClip resample(AudioClip clip) throws SongException {
    if (clip.getChannels() == 1 && clip.getSampleRate() == sampleRate && modelRate == null) {
      return clip;
    }
    Downmix mono = Downmix.of(clip.getSamples(), clip.getChannels());
    float[] resampled = resampler(clip.getSampleRate(), sampleRate).resample(mono.samples());
    AudioInfo info = AudioInfo.newBuilder(clip.getInfo()).setMix(mono.name()).build();
    RatedSamples forModel =
        modelRate == null
            ? null
            : new RatedSamples(
                modelRate,
                bytes(resampler(clip.getSampleRate(), modelRate).resample(mono.samples())));
    return new AudioClip(
        clip.getSong(),
        info,
        sampleRate,
        1,
        clip.getStartSeconds(),
        clip.getWindowStartSeconds(),
        bytes(resampled),
        forModel);
  }

  private Resampler resampler(int from, int to) throws SongException {
    if (from < Resampler.MIN_RATE || from > Resampler.MAX_RATE) {
      throw new SongException(
          FailureCode.BAD_HEADER,
          "the sample rate must be %s to %s Hz, and the file claims %s"
              .formatted(Resampler.MIN_RATE, Resampler.MAX_RATE, from));
    }
    return resamplers.computeIfAbsent(
        new Rates(from, to), rates -> new Resampler(rates.from(), rates.to()));
  }

  private static ByteBuffer bytes(float[] samples) {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    return bytes;
  }
}
