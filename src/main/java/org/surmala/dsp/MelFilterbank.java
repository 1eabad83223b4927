package org.surmala.dsp;

/**
 * Overlapping triangular filters, equally wide on a mel scale, as {@code librosa.filters.mel}.
 *
 * <p>Each triangle is applied to its own bins only: about two multiplications per bin instead of
 * one per bin and band.
 */
public final class MelFilterbank {
  private final int bins;
  private final int[] first;
  private final double[][] weights;

  /**
   * Builds the filterbank with librosa's defaults: Slaney's scale from 0 Hz to half the sample
   * rate, each triangle of unit area (Slaney's normalisation).
   *
   * @param sampleRate Hz
   * @param fftSize samples per frame
   * @param bands number of triangles, at least 1
   */
  public MelFilterbank(int sampleRate, int fftSize, int bands) {
    this(sampleRate, fftSize, bands, MelScale.SLANEY, 0, sampleRate / 2.0, true);
  }

  /**
   * Builds a filterbank.
   *
   * @param sampleRate Hz
   * @param fftSize samples per frame
   * @param bands number of triangles, at least 1
   * @param scale mel scale
   * @param lowHz lower edge of the first triangle, 0 or more
   * @param highHz upper edge of the last triangle, above {@code lowHz}
   * @param unitArea whether each triangle has area 1 over frequency in Hz; else height 1
   */
  public MelFilterbank(
      int sampleRate,
      int fftSize,
      int bands,
      MelScale scale,
      double lowHz,
      double highHz,
      boolean unitArea) {
    if (bands < 1) {
      throw new IllegalArgumentException("a filterbank needs at least 1 band, not " + bands);
    }
    if (!(lowHz >= 0 && highHz > lowHz)) {
      throw new IllegalArgumentException(
          "a filterbank from " + lowHz + " Hz to " + highHz + " Hz has no width");
    }
    bins = fftSize / 2 + 1;
    double bottom = scale.toMel(lowHz);
    double span = scale.toMel(highHz) - bottom;
    double[] edges = new double[bands + 2];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = scale.toHz(bottom + span * i / (bands + 1));
    }
    first = new int[bands];
    weights = new double[bands][];
    double binWidth = (double) sampleRate / fftSize;
    for (int band = 0; band < bands; band++) {
      double low = edges[band];
      double centre = edges[band + 1];
      double high = edges[band + 2];
      int from = Math.min(bins, (int) Math.floor(low / binWidth) + 1);
      int to = Math.max(from, Math.min(bins, (int) Math.ceil(high / binWidth)));
      first[band] = from;
      weights[band] = new double[to - from];
      for (int k = from; k < to; k++) {
        double hz = k * binWidth;
        double height = Math.min((hz - low) / (centre - low), (high - hz) / (high - centre));
        weights[band][k - from] = Math.max(0, height) * (unitArea ? 2 / (high - low) : 1);
      }
    }
  }

  /** Number of bands. */
  public int bands() {
    return weights.length;
  }

  /** The weights of one band over all bins, including zeros, for inspection. */
  public double[] row(int band) {
    double[] row = new double[bins];
    System.arraycopy(weights[band], 0, row, first[band], weights[band].length);
    return row;
  }

  /**
   * Applies the filterbank.
   *
   * @param spectrum fftSize / 2 + 1 bins, of power or of magnitude
   * @param mel receives the value of each band, from {@code offset} on
   */
  public void apply(double[] spectrum, float[] mel, int offset) {
    for (int band = 0; band < weights.length; band++) {
      double[] row = weights[band];
      int from = first[band];
      // Two independent sums, so that additions can overlap.
      double sum0 = 0;
      double sum1 = 0;
      int i = 0;
      for (; i + 1 < row.length; i += 2) {
        sum0 += row[i] * spectrum[from + i];
        sum1 += row[i + 1] * spectrum[from + i + 1];
      }
      if (i < row.length) {
        sum0 += row[i] * spectrum[from + i];
      }
      mel[offset + band] = (float) (sum0 + sum1);
    }
  }
}
