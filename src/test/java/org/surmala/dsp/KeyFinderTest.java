package org.surmala.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class KeyFinderTest {
  private static double[] scale(int tonic, int... degrees) {
    double[] chroma = new double[12];
    for (int degree : degrees) {
      chroma[(tonic + degree) % 12] = 0.1;
    }
    // Tonic and fifth sound longest.
    chroma[tonic] = 0.25;
    chroma[(tonic + 7) % 12] = 0.15;
    return chroma;
  }

  @Test
  void findsEveryMajorAndMinorScale() {
    KeyFinder finder = new KeyFinder();
    for (int tonic = 0; tonic < 12; tonic++) {
      finder.find(scale(tonic, 0, 2, 4, 5, 7, 9, 11));
      assertThat(finder.tonic()).isEqualTo(tonic);
      assertThat(finder.major()).isGreaterThan(finder.minor());
      finder.find(scale(tonic, 0, 2, 3, 5, 7, 8, 10));
      assertThat(finder.tonic()).isEqualTo(tonic);
      assertThat(finder.minor()).isGreaterThan(finder.major());
    }
  }

  /** By the raw-sums form of the coefficient, which the class does not use. */
  @Test
  void theCorrelationIsPearsons() {
    double[] chroma = scale(0, 0, 2, 4, 5, 7, 9, 11);
    double[] profile = {6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < 12; i++) {
      x += chroma[i];
      y += profile[i];
      xx += chroma[i] * chroma[i];
      yy += profile[i] * profile[i];
      xy += chroma[i] * profile[i];
    }
    double expected = (12 * xy - x * y) / Math.sqrt((12 * xx - x * x) * (12 * yy - y * y));
    KeyFinder finder = new KeyFinder();
    finder.find(chroma);
    assertThat(finder.major()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void noPitchHasNoKey() {
    KeyFinder finder = new KeyFinder();
    finder.find(scale(5, 0, 2, 4, 5, 7, 9, 11));
    finder.find(new double[12]);
    assertThat(finder.tonic()).isZero();
    assertThat(finder.major()).isZero();
    assertThat(finder.minor()).isZero();
  }
}
