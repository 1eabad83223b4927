package org.surmala.report.plot;

/** Moves overlapping labels apart, each as little as possible, preserving their order. */
final class Spread {
  private Spread() {}

  /**
   * Centres of labels of these lengths within a range, as near as possible to ascending wanted
   * ones; labels that do not fit extend beyond its end.
   */
  static double[] of(double[] wanted, double[] sizes, double low, double high) {
    double[] centres = wanted.clone();
    double free = high;
    for (int i = centres.length - 1; i >= 0; i--) {
      centres[i] = Math.min(centres[i], free - sizes[i] / 2);
      free = centres[i] - sizes[i] / 2;
    }
    free = low;
    for (int i = 0; i < centres.length; i++) {
      centres[i] = Math.max(centres[i], free + sizes[i] / 2);
      free = centres[i] + sizes[i] / 2;
    }
    return centres;
  }
}
