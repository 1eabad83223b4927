package org.surmala.resample;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.surmala.dsp.Resampler;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;

/**
 * Makes clips mono and gives them one sample rate.
 *
 * <p>Mono is the plain mean of all channels, as {@code librosa.to_mono} has it, whatever their
 * number: a clip does not say which loudspeaker a channel is for, and the level, which is all that
 * silent channels change, is normalised later. What is in opposite phase in two channels cancels.
 *
 * <p>Keeps the filters of the last few rates that it met. Not for use by several threads at once.
 */
public final class MonoResampler {
  private static final int KEPT_RATES = 8;

  /** Frames that are taken from the clip at a time: few enough to stay in the cache. */
  private static final int BLOCK = 1 << 12;

  private final int sampleRate;

  private final Map<Integer, Resampler> resamplers =
      new LinkedHashMap<>(KEPT_RATES * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Resampler> eldest) {
          return size() > KEPT_RATES;
        }
      };

  /**
   * @param sampleRate rate of the clips that come out, Hz
   * @throws IllegalArgumentException when {@link Resampler} does not take the rate
   */
  public MonoResampler(int sampleRate) {
    this.sampleRate = sampleRate;
    resamplers.put(sampleRate, new Resampler(sampleRate, sampleRate));
  }

  /**
   * The same stretch of the song in mono, with ceil(frames · sampleRate / clip's rate) samples; the
   * clip itself when it is that already.
   *
   * @param clip at least one channel; every channel has the same number of samples
   * @throws SongException {@link FailureCode#BAD_HEADER} when the clip claims a rate outside {@link
   *     Resampler#MIN_RATE} to {@link Resampler#MAX_RATE}
   */
  public AudioClip resample(AudioClip clip) throws SongException {
    if (clip.getChannels() == 1 && clip.getSampleRate() == sampleRate) {
      return clip;
    }
    float[] mono = mean(clip.getSamples(), clip.getChannels());
    float[] resampled = resampler(clip.getSampleRate()).resample(mono);
    return new AudioClip(
        clip.getSong(), clip.getInfo(), sampleRate, 1, clip.getStartSeconds(), bytes(resampled));
  }

  private Resampler resampler(int from) throws SongException {
    if (from < Resampler.MIN_RATE || from > Resampler.MAX_RATE) {
      throw new SongException(
          FailureCode.BAD_HEADER,
          "the sample rate must be "
              + Resampler.MIN_RATE
              + " to "
              + Resampler.MAX_RATE
              + " Hz, and the file claims "
              + from);
    }
    return resamplers.computeIfAbsent(from, rate -> new Resampler(rate, sampleRate));
  }

  private static float[] mean(ByteBuffer samples, int channels) {
    FloatBuffer interleaved = samples.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    if (channels < 1 || interleaved.remaining() % channels != 0) {
      throw new IllegalArgumentException(
          interleaved.remaining() + " samples cannot be those of " + channels + " channels");
    }
    float[] mean = new float[interleaved.remaining() / channels];
    float[] block = new float[Math.min(BLOCK, mean.length) * channels];
    for (int start = 0; start < mean.length; start += BLOCK) {
      int frames = Math.min(BLOCK, mean.length - start);
      interleaved.get(block, 0, frames * channels);
      switch (channels) {
        case 1 -> System.arraycopy(block, 0, mean, start, frames);
        case 2 -> meanOfTwo(block, mean, start, frames);
        default -> meanOfMany(block, channels, mean, start, frames);
      }
    }
    return mean;
  }

  private static void meanOfTwo(float[] block, float[] mean, int start, int frames) {
    for (int i = 0; i < frames; i++) {
      mean[start + i] = 0.5f * (block[2 * i] + block[2 * i + 1]);
    }
  }

  private static void meanOfMany(float[] block, int channels, float[] mean, int start, int frames) {
    for (int i = 0; i < frames; i++) {
      float sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += block[i * channels + channel];
      }
      mean[start + i] = sum / channels;
    }
  }

  private static ByteBuffer bytes(float[] samples) {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    return bytes;
  }
}
