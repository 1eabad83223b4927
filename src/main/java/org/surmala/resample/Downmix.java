package org.surmala.resample;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Mixes channels down to mono.
 *
 * <p>The result is the mean of all channels, as in {@code librosa.to_mono}, unless they cancel: if
 * the variance of the mean is below {@link #CANCELLED} times that of uncorrelated channels with the
 * same variances (their sum over the square of the number of channels), the result is the channel
 * with the largest variance, the first one if they are nearly equal. For two channels of equal
 * level that is a correlation below -0.92. Variances ignore constant offsets. A low-frequency
 * channel (the fourth of six or more) is chosen only if all others are silent.
 */
final class Downmix {
  /** The name of the mean. */
  static final String SUM = "sum";

  /** 11 dB below the mean of uncorrelated channels. */
  static final double CANCELLED = 0.08;

  /**
   * Smallest ratio that counts as louder, so that all encodings of a song give the same channel.
   */
  private static final double LOUDER = 1.1;

  private static final int LOW_FREQUENCY_CHANNEL = 3;
  private static final int CHANNELS_WITH_LOW_FREQUENCY = 6;

  /** Frames per block, few enough to stay in the cache. */
  private static final int BLOCK = 1 << 12;

  private final String name;
  private final float[] samples;

  private Downmix(String name, float[] samples) {
    this.name = name;
    this.samples = samples;
  }

  /** {@link #SUM}, or {@code channel N}, with N from 1 in the file's order. */
  String name() {
    return name;
  }

  /** The mono samples, one for each frame. */
  float[] samples() {
    return samples;
  }

  /** Mixes interleaved channels of little-endian float32. */
  static Downmix of(ByteBuffer bytes, int channels) {
    FloatBuffer interleaved = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    if (channels < 1 || interleaved.remaining() % channels != 0) {
      throw new IllegalArgumentException(
          interleaved.remaining() + " samples cannot be those of " + channels + " channels");
    }
    float[] mean = new float[interleaved.remaining() / channels];
    Sums ofMean = new Sums();
    Sums[] sums = new Sums[channels];
    Arrays.setAll(sums, channel -> new Sums());
    float[] block = new float[Math.min(BLOCK, mean.length) * channels];
    for (int start = 0; start < mean.length; start += BLOCK) {
      int frames = Math.min(BLOCK, mean.length - start);
      interleaved.get(block, 0, frames * channels);
      switch (channels) {
        case 1 -> System.arraycopy(block, 0, mean, start, frames);
        case 2 -> meanOfTwo(block, mean, start, frames);
        default -> meanOfMany(block, channels, mean, start, frames);
      }
      ofMean.add(mean, start, 1, start + frames);
      for (int channel = 0; channel < channels; channel++) {
        sums[channel].add(block, channel, channels, frames * channels);
      }
    }
    double uncorrelated = 0;
    int loudest = 0;
    double[] variances = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      variances[channel] = sums[channel].variance(mean.length);
      uncorrelated += variances[channel] / ((double) channels * channels);
      boolean lowFrequency =
          channel == LOW_FREQUENCY_CHANNEL && channels >= CHANNELS_WITH_LOW_FREQUENCY;
      loudest =
          !lowFrequency && variances[channel] > LOUDER * variances[loudest] ? channel : loudest;
    }
    if (ofMean.variance(mean.length) >= CANCELLED * uncorrelated) {
      return new Downmix(SUM, mean);
    }
    interleaved.rewind();
    for (int i = 0; i < mean.length; i++) {
      mean[i] = interleaved.get(i * channels + loudest);
    }
    return new Downmix("channel " + (loudest + 1), mean);
  }

  /** Sum, and sum of squares, of one channel. */
  private static final class Sums {
    private double sum;
    private double squares;

    /** Takes every {@code step}-th sample, by sums side by side that need not wait for another. */
    void add(float[] samples, int first, int step, int end) {
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      double square0 = 0;
      double square1 = 0;
      double square2 = 0;
      double square3 = 0;
      int i = first;
      for (; i < end - 3 * step; i += 4 * step) {
        double a = samples[i];
        double b = samples[i + step];
        double c = samples[i + 2 * step];
        double d = samples[i + 3 * step];
        sum0 += a;
        sum1 += b;
        sum2 += c;
        sum3 += d;
        square0 += a * a;
        square1 += b * b;
        square2 += c * c;
        square3 += d * d;
      }
      for (; i < end; i += step) {
        double value = samples[i];
        sum0 += value;
        square0 += value * value;
      }
      sum += sum0 + sum1 + (sum2 + sum3);
      squares += square0 + square1 + (square2 + square3);
    }

    double variance(int count) {
      return squares - sum * sum / Math.max(1, count);
    }
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
}
