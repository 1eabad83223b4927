package org.surmala.dsp;

/**
 * A filterbank that folds a power spectrum into twelve pitch classes, from C to B, as {@code
 * librosa.filters.chroma} with its defaults and tuning 0 (A4 = 440 Hz): a Gaussian around each
 * semitone in every octave, each bin's weights of unit Euclidean length, octaves weighted by a
 * Gaussian around 880 Hz (Ellis 2007).
 */
public final class ChromaFilterbank {
  /** Pitch classes. */
  public static final int CLASSES = 12;

  private static final double CENTRE_OCTAVE = 5;
  private static final double OCTAVE_WIDTH = 2;
  private static final double A0_HZ = 440.0 / 16;

  private final int bins;

  /** Twelve weights per bin, bin by bin, so that the twelve sums are computed in parallel. */
  private final double[] weights;

  /**
   * Builds the filterbank.
   *
   * @param sampleRate Hz
   * @param fftSize samples per frame
   */
  public ChromaFilterbank(int sampleRate, int fftSize) {
    bins = fftSize / 2 + 1;
    weights = new double[bins * CLASSES];
    double[] semitone = new double[fftSize + 1];
    for (int k = 1; k <= fftSize; k++) {
      semitone[k] = CLASSES * Math.log((double) sampleRate * k / fftSize / A0_HZ) / Math.log(2);
    }
    // 0 Hz has no pitch; it is put one and a half octaves below the first bin.
    semitone[0] = semitone[1] - 1.5 * CLASSES;
    for (int k = 0; k < bins; k++) {
      double width = Math.max(semitone[k + 1] - semitone[k], 1);
      double[] row = new double[CLASSES];
      double squares = 0;
      for (int pitch = 0; pitch < CLASSES; pitch++) {
        double distance = remainder(semitone[k] - pitch + 6 + 10 * CLASSES, CLASSES) - 6;
        row[pitch] = Math.exp(-0.5 * Math.pow(2 * distance / width, 2));
        squares += row[pitch] * row[pitch];
      }
      double octave = (semitone[k] / CLASSES - CENTRE_OCTAVE) / OCTAVE_WIDTH;
      double scale = Math.exp(-0.5 * octave * octave) / Math.sqrt(squares);
      for (int pitch = 0; pitch < CLASSES; pitch++) {
        // The scale counts from A; the classes are given from C.
        weights[k * CLASSES + Math.floorMod(pitch - 3, CLASSES)] = row[pitch] * scale;
      }
    }
  }

  private static double remainder(double value, double modulus) {
    return value - modulus * Math.floor(value / modulus);
  }

  /** The weights of one pitch class over all bins, for inspection. */
  public double[] row(int pitchClass) {
    double[] row = new double[bins];
    for (int k = 0; k < bins; k++) {
      row[k] = weights[k * CLASSES + pitchClass];
    }
    return row;
  }

  /**
   * Folds a spectrum, and scales the result to a maximum of 1 (librosa's {@code norm=inf}); silence
   * stays 0.
   *
   * @param power a power spectrum of fftSize / 2 + 1 bins
   * @param chroma receives twelve values from {@code offset} on, from C to B
   */
  public void apply(double[] power, float[] chroma, int offset) {
    double c0 = 0;
    double c1 = 0;
    double c2 = 0;
    double c3 = 0;
    double c4 = 0;
    double c5 = 0;
    double c6 = 0;
    double c7 = 0;
    double c8 = 0;
    double c9 = 0;
    double c10 = 0;
    double c11 = 0;
    for (int k = 0, i = 0; k < bins; k++, i += CLASSES) {
      double p = power[k];
      c0 += p * weights[i];
      c1 += p * weights[i + 1];
      c2 += p * weights[i + 2];
      c3 += p * weights[i + 3];
      c4 += p * weights[i + 4];
      c5 += p * weights[i + 5];
      c6 += p * weights[i + 6];
      c7 += p * weights[i + 7];
      c8 += p * weights[i + 8];
      c9 += p * weights[i + 9];
      c10 += p * weights[i + 10];
      c11 += p * weights[i + 11];
    }
    chroma[offset] = (float) c0;
    chroma[offset + 1] = (float) c1;
    chroma[offset + 2] = (float) c2;
    chroma[offset + 3] = (float) c3;
    chroma[offset + 4] = (float) c4;
    chroma[offset + 5] = (float) c5;
    chroma[offset + 6] = (float) c6;
    chroma[offset + 7] = (float) c7;
    chroma[offset + 8] = (float) c8;
    chroma[offset + 9] = (float) c9;
    chroma[offset + 10] = (float) c10;
    chroma[offset + 11] = (float) c11;
    float largest = 0;
    for (int pitch = 0; pitch < CLASSES; pitch++) {
      largest = Math.max(largest, chroma[offset + pitch]);
    }
    if (largest >= Float.MIN_NORMAL) {
      for (int pitch = 0; pitch < CLASSES; pitch++) {
        chroma[offset + pitch] /= largest;
      }
    }
  }
}
