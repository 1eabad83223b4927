package org.surmala.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.LoudnessMeter;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.RatedSamples;
import org.surmala.segment.SegmentOptions.ShortSongs;

/**
 * Cuts the segment out of a clip and normalises its loudness.
 *
 * <p>The segment is [(duration - window) / 2, (duration + window) / 2) of the song, starting at the
 * nearest sample and exactly round(window · rate) samples long; a clip of a song with gaps gives
 * the start of its window instead. If the clip does not reach that far (some containers only
 * estimate the duration), the segment is moved into the clip; if the clip is too short, it is
 * treated as a short song.
 *
 * <p>Loudness is measured on the mono segment without padding ({@link LoudnessMeter}). The gain
 * normalises it to {@link SegmentOptions#loudnessLufs}, or to the largest gain at which no sample
 * exceeds {@link #CEILING}. Without normalisation samples are unchanged, even beyond full scale.
 *
 * <p>Not safe for use by several threads.
 */
public final class Segmenter {
  /** The largest magnitude after normalisation: the largest 16-bit value of both signs. */
  public static final float CEILING = 32767f / 32768f;

  private final SegmentOptions options;
  private @Nullable LoudnessMeter meter;
  private int meterRate;

  /** A segmenter with these options. */
  public Segmenter(SegmentOptions options) {
    this.options = options;
  }

  /**
   * The segment of a clip.
   *
   * @param mono one channel, at least {@link LoudnessMeter#MIN_RATE} Hz, finite samples; covers the
   *     window or, for a shorter song, the whole song
   * @throws SongException {@link FailureCode#TOO_SHORT}, or {@link FailureCode#SILENT} if no 0.4 s
   *     of the segment reach -70 LUFS
   */
  public AudioSegment segment(AudioClip mono) throws SongException {
    if (mono.getChannels() != 1) {
      throw new IllegalArgumentException("a clip of " + mono.getChannels() + " channels");
    }
    int rate = mono.getSampleRate();
    FloatBuffer clip = mono.getSamples().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    double duration = mono.getInfo().getDurationSeconds();
    refuseShort(Math.min(duration, (double) clip.remaining() / rate));

    int wanted = (int) Math.round(options.windowSeconds() * rate);
    int length = Math.min(wanted, clip.remaining());
    Double moved = mono.getWindowStartSeconds();
    double start = moved != null ? moved : Math.max(0, (duration - options.windowSeconds()) / 2);
    long begin = Math.round((start - mono.getStartSeconds()) * rate);
    int from = (int) Math.max(0, Math.min(begin, clip.remaining() - length));
    float[] samples = new float[wanted];
    clip.get(from, samples, 0, length);

    double loudness = meter(rate).integrated(Arrays.copyOf(samples, length));
    if (loudness == Double.NEGATIVE_INFINITY) {
      throw new SongException(
          FailureCode.SILENT,
          String.format(
              Locale.ROOT,
              "no part of the %.1f s from %.1f s on is as loud as %.0f LUFS, and skipping gaps"
                  + " found no louder one",
              (double) length / rate,
              mono.getStartSeconds() + (double) from / rate,
              LoudnessMeter.ABSOLUTE_GATE_LUFS));
    }
    double gainDb = options.normalise() ? gainDb(loudness, samples) : 0;
    float gain = (float) Math.pow(10, gainDb / 20);
    for (int i = 0; i < length; i++) {
      samples[i] *= gain;
    }
    if (options.shortSongs() == ShortSongs.LOOP) {
      for (int i = length; i < wanted; i++) {
        samples[i] = samples[i - length];
      }
    }
    return new AudioSegment(
        mono.getSong(),
        mono.getInfo(),
        rate,
        mono.getStartSeconds() + (double) from / rate,
        loudness,
        gainDb,
        wanted - length,
        bytes(samples),
        modelSamples(mono, (double) from / rate, (double) length / rate, gain),
        null);
  }

  /**
   * The segment at the rate of a pretrained model, without padding, from a second of the clip on.
   */
  private static @Nullable RatedSamples modelSamples(
      AudioClip mono, double begin, double seconds, float gain) {
    RatedSamples clip = mono.getModelSamples();
    if (clip == null) {
      return null;
    }
    FloatBuffer whole =
        clip.getSamples().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int length = (int) Math.min(whole.remaining(), Math.round(seconds * clip.getSampleRate()));
    long from = Math.round(begin * clip.getSampleRate());
    float[] samples = new float[length];
    whole.get((int) Math.min(from, whole.remaining() - length), samples);
    for (int i = 0; i < length; i++) {
      samples[i] *= gain;
    }
    return new RatedSamples(clip.getSampleRate(), bytes(samples));
  }

  private void refuseShort(double seconds) throws SongException {
    boolean refusesPadding = options.shortSongs() == ShortSongs.REFUSE;
    double least = refusesPadding ? options.windowSeconds() : options.minSeconds();
    if (seconds < least) {
      throw new SongException(
          FailureCode.TOO_SHORT,
          String.format(Locale.ROOT, "%.3f s long; at least %.3f s are required", seconds, least));
    }
  }

  private LoudnessMeter meter(int rate) {
    LoudnessMeter ready = meter;
    if (ready == null || meterRate != rate) {
      ready = new LoudnessMeter(rate);
      meter = ready;
      meterRate = rate;
    }
    return ready;
  }

  private double gainDb(double loudness, float[] samples) {
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return Math.min(options.loudnessLufs() - loudness, 20 * Math.log10(CEILING / peak));
  }

  private static ByteBuffer bytes(float[] samples) {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    return bytes;
  }
}
