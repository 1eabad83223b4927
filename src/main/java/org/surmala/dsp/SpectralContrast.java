package org.surmala.dsp;

import java.util.Arrays;

/**
 * How far peaks stand above valleys in each octave of a spectrum (Jiang et al. 2002; {@code
 * librosa.feature.spectral_contrast}): the mean of the strongest 2 % of the band's magnitudes over
 * that of the weakest 2 %. For one thread at a time.
 */
public final class SpectralContrast {
  private static final double LOWEST_HZ = 200;
  private static final double QUANTILE = 0.02;
  private static final int MOST_OCTAVES = 6;

  private final int[] from;
  private final int[] to;
  private final int[] count;
  private final double[] smallest;
  private final double[] largest;

  /**
   * Lays out the bands: below 200 Hz, then octave by octave, the last one up to half the sample
   * rate. There are seven at 22,050 Hz, and fewer where half the rate is below 6,400 Hz.
   *
   * @param sampleRate Hz, more than 400
   * @param fftSize samples in the frames
   */
  public SpectralContrast(int sampleRate, int fftSize) {
    int bands = bands(sampleRate);
    int bins = fftSize / 2 + 1;
    double binWidth = (double) sampleRate / fftSize;
    from = new int[bands];
    to = new int[bands];
    count = new int[bands];
    int most = 1;
    for (int band = 0; band < bands; band++) {
      double low = band == 0 ? 0 : LOWEST_HZ * (1 << (band - 1));
      double high = LOWEST_HZ * (1 << band);
      boolean last = band == bands - 1;
      int start = (int) Math.ceil(low / binWidth);
      int end = last ? bins : Math.min(bins, (int) Math.floor(high / binWidth) + 1);
      if (band > 0) {
        start--;
      }
      from[band] = start;
      // The quantile counts the bin at the upper edge; peaks and valleys leave it to the next band.
      count[band] = (int) Math.max(1, Math.rint(QUANTILE * (end - start)));
      to[band] = last ? end : end - 1;
      if (to[band] - start < count[band]) {
        throw new IllegalArgumentException(
            "an FFT of "
                + fftSize
                + " samples is too short for spectral contrast at "
                + sampleRate
                + " Hz: its bins are wider than the lowest band");
      }
      most = Math.max(most, count[band]);
    }
    smallest = new double[most];
    largest = new double[most];
  }

  /** Bands at a sample rate. */
  public static int bands(int sampleRate) {
    int octaves = 0;
    while (octaves < MOST_OCTAVES && LOWEST_HZ * (1 << octaves) < sampleRate / 2.0) {
      octaves++;
    }
    return octaves + 1;
  }

  /** Number of bands. */
  public int bands() {
    return from.length;
  }

  /**
   * Finds the peaks and valleys of one frame. Their difference in decibels is the contrast, after
   * both have been limited in range over the whole sound ({@link Decibels#ofPowers}).
   *
   * @param magnitude |X| of each bin
   * @param peaks receives one magnitude for each band, from {@code offset} on
   * @param valleys likewise
   */
  public void measure(double[] magnitude, float[] peaks, float[] valleys, int offset) {
    for (int band = 0; band < from.length; band++) {
      int wanted = count[band];
      Arrays.fill(smallest, 0, wanted, Double.POSITIVE_INFINITY);
      Arrays.fill(largest, 0, wanted, Double.NEGATIVE_INFINITY);
      double smallEnough = Double.POSITIVE_INFINITY;
      double largeEnough = Double.NEGATIVE_INFINITY;
      // Both lists are kept sorted with the value that leaves next at the end.
      for (int k = from[band]; k < to[band]; k++) {
        double value = magnitude[k];
        if (value < smallEnough) {
          int i = wanted - 1;
          while (i > 0 && smallest[i - 1] > value) {
            smallest[i] = smallest[i - 1];
            i--;
          }
          smallest[i] = value;
          smallEnough = smallest[wanted - 1];
        }
        if (value > largeEnough) {
          int i = wanted - 1;
          while (i > 0 && largest[i - 1] < value) {
            largest[i] = largest[i - 1];
            i--;
          }
          largest[i] = value;
          largeEnough = largest[wanted - 1];
        }
      }
      double low = 0;
      double high = 0;
      for (int i = 0; i < wanted; i++) {
        low += smallest[i];
        high += largest[i];
      }
      valleys[offset + band] = (float) (low / wanted);
      peaks[offset + band] = (float) (high / wanted);
    }
  }
}
