package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BinomialTest {
  private static final int DRAWS = 200_000;

  /** Wilson and Hilferty 1931: below the value that chi-square exceeds once in a million. */
  private static double mostChiSquare(int degrees) {
    double h = 2.0 / (9 * degrees);
    return degrees * Math.pow(1 - h + 4.753424 * Math.sqrt(h), 3);
  }

  @ParameterizedTest
  @CsvSource({
    "1,0.3",
    "7,0.5",
    "40,0.1",
    "40,0.9",
    "30,0.5",
    "1000,0.02",
    "1000,0.6",
    "100000,0.3"
  })
  void givenManyDraws_whenCounted_thenEachCountIsAsFrequentAsItsProbability(long n, double p) {
    SplittableRandom random = new SplittableRandom(n);
    int[] counts = new int[(int) n + 1];
    for (int draw = 0; draw < DRAWS; draw++) {
      counts[(int) Binomial.draw(n, p, random)]++;
    }

    // The probabilities by their recurrence from the mode, which is not how they are drawn.
    int mode = (int) Math.floor((n + 1) * p);
    double[] relative = new double[counts.length];
    relative[mode] = 1;
    for (int k = mode; k < n; k++) {
      relative[k + 1] = relative[k] * (n - k) / (k + 1) * p / (1 - p);
    }
    for (int k = mode; k > 0; k--) {
      relative[k - 1] = relative[k] * k / (n - k + 1) * (1 - p) / p;
    }
    double sum = 0;
    for (double value : relative) {
      sum += value;
    }
    double chiSquare = 0;
    int bins = 0;
    double expected = 0;
    int found = 0;
    for (int k = 0; k <= n; k++) {
      expected += DRAWS * relative[k] / sum;
      found += counts[k];
      if (expected >= 20) {
        chiSquare += (found - expected) * (found - expected) / expected;
        bins++;
        expected = 0;
        found = 0;
      }
    }
    assertThat(found).as("in the tail").isLessThan(60);
    assertThat(chiSquare).isLessThan(mostChiSquare(Math.max(1, bins - 1)));
  }

  @Test
  void givenCertainty_whenDrawn_thenItIsCertain() {
    SplittableRandom random = new SplittableRandom(1);
    assertThat(Binomial.draw(0, 0.5, random)).isZero();
    assertThat(Binomial.draw(12, 0, random)).isZero();
    assertThat(Binomial.draw(12, 1, random)).isEqualTo(12);
  }
}
