package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Edge cases as scikit-learn 1.2.1 documents and computes them ({@code sklearn.metrics.cluster},
 * its own tests {@code test_supervised.py}).
 */
final class ExternalIndicesTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void nothingAgreesWithNothing() {
    ExternalIndices empty = ExternalIndices.of(new int[0], new int[0]);
    assertThat(empty.adjustedRand()).isEqualTo(1);
    assertThat(empty.normalizedMutualInformation()).isEqualTo(1);
    assertThat(empty.adjustedMutualInformation()).isEqualTo(1);
    assertThat(empty.purity()).isNaN();
    assertThat(empty.majorityRate()).isNaN();
  }

  @Test
  void oneGroupEach() {
    ExternalIndices one = ExternalIndices.of(new int[] {7, 7, 7}, new int[] {0, 0, 0});
    assertThat(one.adjustedRand()).isEqualTo(1);
    assertThat(one.normalizedMutualInformation()).isEqualTo(1);
    assertThat(one.adjustedMutualInformation()).isEqualTo(1);
    assertThat(one.purity()).isEqualTo(1);
  }

  @Test
  void oneClusterSaysNothing() {
    ExternalIndices one = ExternalIndices.of(new int[] {0, 0, 1, 1}, new int[] {0, 0, 0, 0});
    assertThat(one.adjustedRand()).isEqualTo(0, EXACT);
    assertThat(one.normalizedMutualInformation()).isEqualTo(0);
    assertThat(one.adjustedMutualInformation()).isEqualTo(0, EXACT);
    assertThat(one.purity()).isEqualTo(0.5);
    assertThat(one.majorityRate()).isEqualTo(0.5);
  }

  @Test
  void singletonsAreHomogeneousAndNoBetterThanChance() {
    ExternalIndices singletons = ExternalIndices.of(new int[] {0, 0, 1, 1}, new int[] {0, 1, 2, 3});
    assertThat(singletons.adjustedRand()).isEqualTo(0, EXACT);
    assertThat(singletons.adjustedMutualInformation()).isEqualTo(0, within(1e-9));
    assertThat(singletons.purity()).isEqualTo(1);
  }

  /** The documented examples of adjusted_rand_score. */
  @Test
  void documentedExamples() {
    assertThat(ExternalIndices.of(new int[] {0, 0, 1, 2}, new int[] {0, 0, 1, 1}).adjustedRand())
        .isEqualTo(4.0 / 7, EXACT);
    assertThat(ExternalIndices.of(new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 2}).adjustedRand())
        .isEqualTo(4.0 / 7, EXACT);
    assertThat(ExternalIndices.of(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}).adjustedRand())
        .isEqualTo(-0.5, EXACT);
  }

  /** From scikit-learn's test_adjusted_mutual_info_score: AMI 0.27821 to five digits. */
  @Test
  void publishedAdjustedMutualInformation() {
    int[] a = {1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3};
    int[] b = {1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 1, 3, 3, 3, 2, 2};
    ExternalIndices agreement = ExternalIndices.of(a, b);
    assertThat(agreement.mutualInformation()).isEqualTo(0.41022, within(5e-6));
    assertThat(agreement.adjustedMutualInformation()).isEqualTo(0.27821, within(5e-6));
  }

  @Test
  void namesOfLabelsDoNotMatter() {
    int[] truth = {0, 0, 1, 1, 2, 2, 2};
    int[] clusters = {-1, -1, 5, 5, 5, 9, 9};
    int[] renamed = {3, 3, 0, 0, 0, 1, 1};
    assertThat(ExternalIndices.of(truth, clusters).adjustedMutualInformation())
        .isEqualTo(ExternalIndices.of(truth, renamed).adjustedMutualInformation(), EXACT);
    assertThat(ExternalIndices.of(truth, clusters).adjustedRand())
        .isEqualTo(ExternalIndices.of(truth, renamed).adjustedRand(), EXACT);
  }

  @Test
  void unitWeightsChangeNothing() {
    LabelCodes truth = LabelCodes.of(new int[] {0, 0, 1, 1, 2, 2, 2});
    LabelCodes clusters = LabelCodes.of(new int[] {0, 1, 1, 1, 2, 2, 0});
    int[] ones = new int[7];
    Arrays.fill(ones, 1);
    assertThat(ExternalIndices.of(truth, clusters, ones).adjustedRand())
        .isEqualTo(ExternalIndices.of(truth, clusters).adjustedRand());
  }

  /** With pairs of a song with itself counted, the mean would be above 0.02 here. */
  @Test
  void bootstrapOfUnrelatedLabelsStaysAtChance() {
    SplittableRandom random = new SplittableRandom(3);
    double sum = 0;
    int trials = 200;
    for (int trial = 0; trial < trials; trial++) {
      LabelCodes truth = LabelCodes.of(random.ints(40, 0, 2).toArray());
      LabelCodes clusters = LabelCodes.of(random.ints(40, 0, 2).toArray());
      for (int[] weights : Bootstrap.weights(40, 20, trial)) {
        sum += ExternalIndices.of(truth, clusters, weights).adjustedRand() / 20;
      }
    }
    assertThat(sum / trials).isEqualTo(0, within(0.01));
  }

  @Test
  void differentLengthsAreRefused() {
    assertThatThrownBy(() -> ExternalIndices.of(new int[2], new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 true labels, but 3 clusters");
  }

  /** The same sum without the recurrence, term by term. */
  @Test
  void expectedInformationOfLargeGroups() {
    SplittableRandom random = new SplittableRandom(1);
    int[] truth = random.ints(5_000, 0, 7).toArray();
    int[] clusters = random.ints(5_000, 0, 9).toArray();
    ExternalIndices agreement = ExternalIndices.of(truth, clusters);
    double n = truth.length;
    double expected = 0;
    for (int row = 0; row < 7; row++) {
      for (int column = 0; column < 9; column++) {
        int r = row;
        int c = column;
        long a = Arrays.stream(truth).filter(label -> label == r).count();
        long b = Arrays.stream(clusters).filter(label -> label == c).count();
        for (long m = Math.max(1, a + b - (long) n); m <= Math.min(a, b); m++) {
          double logP = logChoose(b, m) + logChoose((long) n - b, a - m) - logChoose((long) n, a);
          expected += m / n * Math.log(n * m / (a * (double) b)) * Math.exp(logP);
        }
      }
    }
    double entropies = (entropy(truth, 7) + entropy(clusters, 9)) / 2;
    assertThat(agreement.adjustedMutualInformation())
        .isEqualTo(
            (agreement.mutualInformation() - expected) / (entropies - expected), within(1e-9));
  }

  private static double entropy(int[] labels, int groups) {
    double entropy = 0;
    for (int group = 0; group < groups; group++) {
      int g = group;
      double p = Arrays.stream(labels).filter(label -> label == g).count() / (double) labels.length;
      entropy -= p * Math.log(p);
    }
    return entropy;
  }

  private static double logChoose(long n, long k) {
    double sum = 0;
    for (long i = 1; i <= k; i++) {
      sum += Math.log((double) (n - k + i)) - Math.log((double) i);
    }
    return sum;
  }

  @Test
  void givenResampledTables_whenComparedWithElementsThatWereDrawn_thenFiguresSpreadAlike() {
    SplittableRandom random = new SplittableRandom(8);
    int n = 300;
    int[] truth = random.ints(n, 0, 3).toArray();
    int[] clusters = Arrays.stream(truth).map(t -> random.nextInt(3) == 0 ? 3 : t).toArray();
    LabelCodes trueCodes = LabelCodes.of(truth);
    LabelCodes clusterCodes = LabelCodes.of(clusters);
    int replicates = 20_000;
    double[] byTable = new double[replicates];
    double[] byElement = new double[replicates];
    int[][] weights = Bootstrap.weights(n, replicates, 5);
    ExternalIndices agreement = ExternalIndices.of(trueCodes, clusterCodes);
    for (int i = 0; i < replicates; i++) {
      byTable[i] = agreement.resampled(random).adjustedRand();
      byElement[i] = ExternalIndices.of(trueCodes, clusterCodes, weights[i]).adjustedRand();
    }
    Arrays.sort(byTable);
    Arrays.sort(byElement);

    // The standard error of these quantiles is below 0.0006.
    for (double share : new double[] {0.025, 0.25, 0.5, 0.75, 0.975}) {
      assertThat(Bootstrap.quantile(byTable, share))
          .isCloseTo(Bootstrap.quantile(byElement, share), within(0.003));
    }
  }
}
