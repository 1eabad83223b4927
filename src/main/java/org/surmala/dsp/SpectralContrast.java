package org.surmala.dsp;

import java.util.Arrays;

/**
 * Difference of peaks and valleys in each octave of a spectrum (Jiang et al. 2002; {@code
 * librosa.feature.spectral_contrast}): the mean of the strongest 2 % of the band's magnitudes over
 * that of the weakest 2 %. Not safe for use by several threads.
 */
public final class SpectralContrast {
  private static final double LOWEST_HZ = 200;
  private static final double QUANTILE = 0.02;
  private static final int MOST_OCTAVES = 6;

  private final int[] from;
  private final int[] to;
  private final int[] count;
  private final double[] list;

  /** The smallest peak, and the largest valley, of the previous frame. */
  private final double[] lastPeak;

  private final double[] lastValley;

  /**
   * Prepares the bands: below 200 Hz, then octave by octave, the last one up to half the sample
   * rate. There are seven at 22,050 Hz, and fewer if half the rate is below 6,400 Hz.
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
            ("an FFT of %s samples is too short for spectral contrast at %s Hz: its bins"
                    + " are wider than the lowest band")
                .formatted(fftSize, sampleRate));
      }
      most = Math.max(most, count[band]);
    }
    list = new double[most];
    lastPeak = new double[bands];
    lastValley = new double[bands];
  }

  /** Number of bands at a sample rate. */
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
      double peak = largest(magnitude, band, 0.75 * lastPeak[band]);
      if (list[wanted - 1] == Double.NEGATIVE_INFINITY) {
        peak = largest(magnitude, band, Double.NEGATIVE_INFINITY);
      }
      lastPeak[band] = list[wanted - 1];
      double valley = smallest(magnitude, band, 1.5 * lastValley[band]);
      if (list[wanted - 1] == Double.POSITIVE_INFINITY) {
        valley = smallest(magnitude, band, Double.POSITIVE_INFINITY);
      }
      lastValley[band] = list[wanted - 1];
      peaks[offset + band] = (float) peak;
      valleys[offset + band] = (float) valley;
    }
  }

  // Consecutive frames are similar: the extremes of the previous frame exclude most values; if too
  // few remain, the band is searched again without this bound. The list is sorted, with the next
  // value to drop at its end, so that its sum does not depend on the bound.

  private double largest(double[] magnitude, int band, double hint) {
    int last = count[band] - 1;
    Arrays.fill(list, 0, last + 1, Double.NEGATIVE_INFINITY);
    double threshold = hint;
    int end = to[band];
    for (int k = from[band]; k < end; k++) {
      double value = magnitude[k];
      if (value > threshold) {
        int i = last;
        while (i > 0 && list[i - 1] < value) {
          list[i] = list[i - 1];
          i--;
        }
        list[i] = value;
        threshold = Math.max(hint, list[last]);
      }
    }
    return mean(last + 1);
  }

  private double smallest(double[] magnitude, int band, double hint) {
    int last = count[band] - 1;
    Arrays.fill(list, 0, last + 1, Double.POSITIVE_INFINITY);
    double threshold = hint;
    int end = to[band];
    for (int k = from[band]; k < end; k++) {
      double value = magnitude[k];
      if (value < threshold) {
        int i = last;
        while (i > 0 && list[i - 1] > value) {
          list[i] = list[i - 1];
          i--;
        }
        list[i] = value;
        threshold = Math.min(hint, list[last]);
      }
    }
    return mean(last + 1);
  }

  private double mean(int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += list[i];
    }
    return sum / length;
  }
}
