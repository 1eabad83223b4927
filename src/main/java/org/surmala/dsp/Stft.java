package org.surmala.dsp;

import java.util.Arrays;

/**
 * Short-time Fourier transform: the spectrum of a sound around regular moments, as {@code
 * librosa.stft} with its defaults: Hann window, frames centred on multiples of the hop, zeros
 * before the first sample and after the last.
 *
 * <p>For one thread at a time; a frame allocates nothing. Computed in doubles: the weakest bins
 * beside a pure tone lie 240 dB below it and decide flatness and contrast.
 */
public final class Stft {
  private final int hop;
  private final RealFft fft;
  private final double[] window;
  private final double[] frame;

  /**
   * Plans a transform.
   *
   * @param fftSize samples in a frame, a power of two
   * @param hop samples from one frame to the next, at least 1
   */
  public Stft(int fftSize, int hop) {
    if (hop < 1) {
      throw new IllegalArgumentException("the hop must be at least 1 sample, not " + hop);
    }
    this.hop = hop;
    fft = new RealFft(fftSize);
    window = HannWindow.periodic(fftSize);
    frame = new double[fftSize];
  }

  /** Bins of a frame: fftSize / 2 + 1. */
  public int bins() {
    return fft.bins();
  }

  /** Number of frames: 1 + samples / hop, or 0 without samples. */
  public int frames(int samples) {
    return samples == 0 ? 0 : 1 + samples / hop;
  }

  /**
   * The power spectrum |X|² of one frame.
   *
   * @param samples a sound, full scale 1
   * @param length samples of it that count; beyond them is silence
   * @param index of the frame, whose centre is sample {@code index · hop}
   * @param power receives {@link #bins()} values
   */
  public void power(float[] samples, int length, int index, double[] power) {
    int size = fft.size();
    int start = index * hop - size / 2;
    int from = Math.max(0, -start);
    int to = Math.max(from, Math.min(size, length - start));
    Arrays.fill(frame, 0, from, 0);
    for (int n = from; n < to; n++) {
      frame[n] = window[n] * samples[start + n];
    }
    Arrays.fill(frame, to, size, 0);
    fft.power(frame, power);
  }
}
