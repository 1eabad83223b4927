package org.surmala.resample;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * One channel made of several.
 *
 * <p>It is the plain mean of all channels, as {@code librosa.to_mono} has it, unless they cancel:
 * where the variance of the mean is below {@link #CANCELLED} times what the mean of uncorrelated
 * channels of the same variances would have (their sum over the square of the number of channels),
 * it is the channel with the largest variance, the first of those nearly equal. For two channels of
 * equal level that is a correlation below -0.92. Variances leave constant offsets out. A
 * low-frequency channel (the fourth of six or more) does not stand for a song while another channel
 * sounds.
 */
final class Downmix {
  /** The name of the mean. */
  static final String SUM = "sum";

  /** 11 dB below the mean of uncorrelated channels. */
  static final double CANCELLED = 0.08;

  /** Less does not make a channel louder, so that a song's encodings give the same channel. */
  private static final double LOUDER = 1.1;

  private static final int LOW_FREQUENCY_CHANNEL = 3;
  private static final int CHANNELS_WITH_LOW_FREQUENCY = 6;

  /** Frames that are taken from the clip at a time: few enough to stay in the cache. */
  private static final int BLOCK = 1 << 12;

  private final String name;
  private final float[] samples;

  private Downmix(String name, float[] samples) {
    this.name = name;
    this.samples = samples;
  }

  /** {@link #SUM}, or {@code channel N}, N counted from 1 in the file's order. */
  String name() {
    return name;
  }

  /** One for each frame. */
  float[] samples() {
    return samples;
  }

  /**
   * Mixes the channels.
   *
   * @param bytes float32, little-endian, channels interleaved
   */
  static Downmix of(ByteBuffer bytes, int channels) {
    FloatBuffer interleaved = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    if (channels < 1 || interleaved.remaining() % channels != 0) {
      throw new IllegalArgumentException(
          interleaved.remaining() + " samples cannot be those of " + channels + " channels");
    }
    float[] mean = new float[interleaved.remaining() / channels];
    double[] sums = new double[channels];
    double[] squares = new double[channels];
    double meanSum = 0;
    double meanSquares = 0;
    float[] block = new float[Math.min(BLOCK, mean.length) * channels];
    for (int start = 0; start < mean.length; start += BLOCK) {
      int frames = Math.min(BLOCK, mean.length - start);
      interleaved.get(block, 0, frames * channels);
      switch (channels) {
        case 1 -> System.arraycopy(block, 0, mean, start, frames);
        case 2 -> meanOfTwo(block, mean, start, frames);
        default -> meanOfMany(block, channels, mean, start, frames);
      }
      for (int i = start; i < start + frames; i++) {
        meanSum += mean[i];
        meanSquares += (double) mean[i] * mean[i];
      }
      if (channels == 2) {
        addMomentsOfTwo(block, frames, sums, squares);
      } else {
        addMoments(block, frames, sums, squares);
      }
    }
    double uncorrelated = 0;
    int loudest = 0;
    double[] variances = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      variances[channel] = variance(sums[channel], squares[channel], mean.length);
      uncorrelated += variances[channel] / ((double) channels * channels);
      boolean lowFrequency =
          channel == LOW_FREQUENCY_CHANNEL && channels >= CHANNELS_WITH_LOW_FREQUENCY;
      loudest =
          !lowFrequency && variances[channel] > LOUDER * variances[loudest] ? channel : loudest;
    }
    if (variance(meanSum, meanSquares, mean.length) >= CANCELLED * uncorrelated) {
      return new Downmix(SUM, mean);
    }
    interleaved.rewind();
    for (int i = 0; i < mean.length; i++) {
      mean[i] = interleaved.get(i * channels + loudest);
    }
    return new Downmix("channel " + (loudest + 1), mean);
  }

  private static double variance(double sum, double squares, int count) {
    return squares - sum * sum / Math.max(1, count);
  }

  private static void addMoments(float[] block, int frames, double[] sums, double[] squares) {
    int channels = sums.length;
    for (int channel = 0; channel < channels; channel++) {
      double sum = 0;
      double square = 0;
      for (int i = channel; i < frames * channels; i += channels) {
        sum += block[i];
        square += (double) block[i] * block[i];
      }
      sums[channel] += sum;
      squares[channel] += square;
    }
  }

  /** Two channels side by side, so that an addition need not wait for the one before. */
  private static void addMomentsOfTwo(float[] block, int frames, double[] sums, double[] squares) {
    double sum0 = 0;
    double sum1 = 0;
    double square0 = 0;
    double square1 = 0;
    for (int i = 0; i < 2 * frames; i += 2) {
      double left = block[i];
      double right = block[i + 1];
      sum0 += left;
      sum1 += right;
      square0 += left * left;
      square1 += right * right;
    }
    sums[0] += sum0;
    sums[1] += sum1;
    squares[0] += square0;
    squares[1] += square1;
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
