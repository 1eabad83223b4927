package org.surmala.dsp;

import java.util.Arrays;

/**
 * Short-time Fourier transform: spectra of a sound at regular times.
 *
 * <p>Not safe for use by several threads; a frame allocates nothing. Computed in double precision:
 * the weakest bins beside a pure tone are 240 dB below it and determine flatness and contrast.
 */
public final class Stft {
  private final int hop;
  private final RealFft fft;
  private final double[] window;
  private final Edges edges;
  private final double[] frame;

  /** Position of frames, and padding beyond the ends of the sound. */
  public enum Edges {
    /** Frames are centred on multiples of the hop; zero padding. */
    ZERO,
    /** Frames are centred on multiples of the hop; reflection padding. */
    REFLECT,
    /** Frames start at multiples of the hop and are within the sound. */
    NONE
  }

  /**
   * Plans the transform of {@code librosa.stft} with its defaults: Hann window, frames centred on
   * multiples of the hop, zeros before the first sample and after the last.
   *
   * @param fftSize samples in a frame, a power of two
   * @param hop samples from one frame to the next, at least 1
   */
  public Stft(int fftSize, int hop) {
    this(fftSize, hop, HannWindow.periodic(fftSize), Edges.ZERO);
  }

  /**
   * Plans a transform.
   *
   * @param fftSize a power of two
   * @param hop samples from one frame to the next, at least 1
   * @param window weights of the samples in a frame, at most {@code fftSize}; padded with zeros
   */
  public Stft(int fftSize, int hop, double[] window, Edges edges) {
    if (hop < 1) {
      throw new IllegalArgumentException("the hop must be at least 1 sample, not " + hop);
    }
    if (window.length < 1 || window.length > fftSize) {
      throw new IllegalArgumentException(
          "a window of " + window.length + " samples does not fit an FFT of " + fftSize);
    }
    this.hop = hop;
    this.edges = edges;
    this.window = window.clone();
    fft = new RealFft(fftSize);
    frame = new double[fftSize];
  }

  /** Bins of a frame: fftSize / 2 + 1. */
  public int bins() {
    return fft.bins();
  }

  /**
   * Number of frames: 1 + samples / hop, or 0 without samples. With {@link Edges#NONE} 1 + (samples
   * - window) / hop, or 0 for a sound shorter than the window.
   */
  public int frames(int samples) {
    if (edges == Edges.NONE) {
      return samples < window.length ? 0 : 1 + (samples - window.length) / hop;
    }
    return samples == 0 ? 0 : 1 + samples / hop;
  }

  /**
   * The power spectrum |X|² of one frame.
   *
   * @param samples a sound, full scale 1
   * @param length number of samples that count
   * @param index index of the frame; its centre, or its first sample with {@link Edges#NONE}, is
   *     sample {@code index · hop}
   * @param power receives {@link #bins()} values
   */
  public void power(float[] samples, int length, int index, double[] power) {
    int start = index * hop - (edges == Edges.NONE ? 0 : (window.length + 1) / 2);
    int from = Math.max(0, Math.min(window.length, -start));
    int to = Math.max(from, Math.min(window.length, length - start));
    fillEdge(samples, length, start, 0, from);
    for (int n = from; n < to; n++) {
      frame[n] = window[n] * samples[start + n];
    }
    fillEdge(samples, length, start, to, window.length);
    Arrays.fill(frame, window.length, frame.length, 0);
    fft.power(frame, power);
  }

  private void fillEdge(float[] samples, int length, int start, int from, int to) {
    if (edges != Edges.REFLECT) {
      Arrays.fill(frame, from, to, 0);
      return;
    }
    int period = Math.max(1, 2 * (length - 1));
    for (int n = from; n < to; n++) {
      int at = Math.floorMod(start + n, period);
      frame[n] = window[n] * samples[Math.min(at, period - at)];
    }
  }
}
