package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
  @Test
  void eachReplicateDrawsAsManyAsThereAre() {
    int[][] weights = Bootstrap.weights(50, 8, 4);
    assertThat(weights).hasDimensions(8, 50);
    for (int[] row : weights) {
      assertThat(Arrays.stream(row).sum()).isEqualTo(50);
    }
    assertThat(weights[0]).isNotEqualTo(weights[1]);
    assertThat(Bootstrap.weights(50, 8, 4)).isDeepEqualTo(weights);
  }

  @Test
  void anIntervalIsCentredOnTheValue() {
    double[] replicates = new double[1001];
    for (int i = 0; i <= 1000; i++) {
      replicates[i] = 0.3 + i / 10_000.0;
    }
    Bootstrap.Interval interval = Bootstrap.interval(0.2, replicates, 0, 1);
    assertThat(interval.low()).isEqualTo(0.2 - 0.0475, within(1e-12));
    assertThat(interval.high()).isEqualTo(0.2 + 0.0475, within(1e-12));
    assertThat(Bootstrap.interval(0.99, replicates, 0, 1).high()).isEqualTo(1);
  }

  @Test
  void quantilesAreThoseOfNumPy() {
    double[] sorted = {1, 2, 4, 8};
    assertThat(Bootstrap.quantile(sorted, 0.5)).isEqualTo(3);
    assertThat(Bootstrap.quantile(sorted, 0.25)).isEqualTo(1.75);
    assertThat(Bootstrap.quantile(sorted, 1)).isEqualTo(8);
  }

  @Test
  void permutationOfPerfectAgreementIsRare() {
    int[] labels = new int[60];
    Arrays.setAll(labels, i -> i % 3);
    LabelCodes codes = LabelCodes.of(labels);
    assertThat(Bootstrap.permutationP(codes, codes, ExternalIndices::adjustedRand, 199, 1))
        .isEqualTo(1.0 / 200);
  }

  @Test
  void permutationOfUnrelatedLabelsIsUniform() {
    SplittableRandom random = new SplittableRandom(8);
    int small = 0;
    for (int trial = 0; trial < 200; trial++) {
      LabelCodes truth = LabelCodes.of(random.ints(50, 0, 3).toArray());
      LabelCodes clusters = LabelCodes.of(random.ints(50, 0, 4).toArray());
      double p = Bootstrap.permutationP(truth, clusters, ExternalIndices::adjustedRand, 99, trial);
      if (p <= 0.05) {
        small++;
      }
    }
    // Binomial(200, 0.05): above 20 once in a thousand.
    assertThat(small).isLessThanOrEqualTo(20);
  }
}
