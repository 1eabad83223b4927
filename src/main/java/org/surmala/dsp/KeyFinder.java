package org.surmala.dsp;

/**
 * The key of a sound: the one of 24 whose profile of pitch classes correlates best with the sound's
 * (Krumhansl and Kessler 1982; Krumhansl 1990). Not safe for use by several threads.
 */
public final class KeyFinder {
  private static final int CLASSES = ChromaFilterbank.CLASSES;
  private static final double[] MAJOR = {
    6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88
  };
  private static final double[] MINOR = {
    6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17
  };

  private int tonic;
  private double major;
  private double minor;

  /**
   * Finds the key. Ties go to the first key, from C upwards, major before minor; a sound without
   * pitch (all classes equal, or silence) gives C, with correlations of 0.
   *
   * @param chroma twelve shares of pitch classes from C, none negative
   */
  public void find(double[] chroma) {
    double best = Double.NEGATIVE_INFINITY;
    for (int candidate = 0; candidate < CLASSES; candidate++) {
      double inMajor = correlation(chroma, candidate, MAJOR);
      double inMinor = correlation(chroma, candidate, MINOR);
      double better = Math.max(inMajor, inMinor);
      if (better > best) {
        best = better;
        tonic = candidate;
        major = inMajor;
        minor = inMinor;
      }
    }
  }

  /** Pearson correlation of the profile with the chroma rotated so that the tonic comes first. */
  private static double correlation(double[] chroma, int tonic, double[] profile) {
    double meanChroma = 0;
    double meanProfile = 0;
    for (int i = 0; i < CLASSES; i++) {
      meanChroma += chroma[i] / CLASSES;
      meanProfile += profile[i] / CLASSES;
    }
    double covariance = 0;
    double varianceChroma = 0;
    double varianceProfile = 0;
    for (int i = 0; i < CLASSES; i++) {
      double a = chroma[(tonic + i) % CLASSES] - meanChroma;
      double b = profile[i] - meanProfile;
      covariance += a * b;
      varianceChroma += a * a;
      varianceProfile += b * b;
    }
    double scale = Math.sqrt(varianceChroma * varianceProfile);
    // Below float precision of the chroma the differences are rounding, not pitch.
    return Math.sqrt(varianceChroma) <= 1e-6 * CLASSES * meanChroma ? 0 : covariance / scale;
  }

  /** Semitones above C, 0 to 11. */
  public int tonic() {
    return tonic;
  }

  /** Correlation with the tonic's major profile, −1 to 1. */
  public double major() {
    return major;
  }

  /** Correlation with the tonic's minor profile, −1 to 1. */
  public double minor() {
    return minor;
  }
}
