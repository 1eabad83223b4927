package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surmala.metric.Bootstrap.Interval;

final class PairedDifferenceTest {
  private static final int[] TRUTH = IntStream.range(0, 100).map(i -> i / 50).toArray();

  private static LabelCodes wrong(int count) {
    return LabelCodes.of(IntStream.range(0, 100).map(i -> i < count ? 1 : TRUTH[i]).toArray());
  }

  /** Expected by Hubert and Arabie's formula on the tables [50 0; 0 50] and [40 10; 0 50]. */
  @Test
  void givenTwoClusterings_thenTheDifferenceIsThatOfTheirIndices() {
    PairedDifference difference =
        PairedDifference.ofAdjustedRand(LabelCodes.of(TRUTH), wrong(0), wrong(10), 200, 1);
    assertThat(difference.value()).isCloseTo(0.3635250917992656, within(1e-12));
    assertThat(difference.interval().low()).isPositive();
    assertThat(difference.interval().high()).isGreaterThan(difference.value());
  }

  /**
   * The second makes the mistakes of the first and more: surely worse, though intervals overlap.
   */
  @Test
  void givenIntervalsThatOverlap_whenPaired_thenTheDifferenceIsShown() {
    LabelCodes truth = LabelCodes.of(TRUTH);
    Interval first = own(truth, wrong(14));
    Interval second = own(truth, wrong(20));
    assertThat(second.high()).isGreaterThan(first.low());
    assertThat(
            PairedDifference.ofAdjustedRand(truth, wrong(14), wrong(20), 1_000, 1).interval().low())
        .isPositive();
  }

  @Test
  void givenOneClusteringTwice_thenThereIsNoDifference() {
    assertThat(PairedDifference.ofAdjustedRand(LabelCodes.of(TRUTH), wrong(14), wrong(14), 100, 1))
        .isEqualTo(new PairedDifference(0, new Interval(0, 0)));
  }

  private static Interval own(LabelCodes truth, LabelCodes clusters) {
    double[] replicates =
        Arrays.stream(Bootstrap.weights(100, 1_000, 1))
            .mapToDouble(weights -> ExternalIndices.of(truth, clusters, weights).adjustedRand())
            .toArray();
    return Bootstrap.interval(
        ExternalIndices.of(truth, clusters).adjustedRand(), replicates, -1, 1);
  }
}
