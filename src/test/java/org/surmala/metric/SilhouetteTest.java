package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SilhouetteTest {
  @Test
  void byHand() {
    double[][] points = {{0, 0}, {0, 1}, {4, 0}, {4, 3}};
    double[] values = Silhouette.perSample(points, new int[] {5, 5, 2, 2});
    // Point 0: a = 1, b = (4 + 5) / 2.
    assertThat(values[0]).isEqualTo((4.5 - 1) / 4.5, within(1e-15));
    double b = (Math.sqrt(17) + Math.sqrt(20)) / 2;
    assertThat(values[1]).isEqualTo((b - 1) / b, within(1e-15));
  }

  @Test
  void aPointAloneHasZero() {
    double[] values = Silhouette.perSample(new double[][] {{0}, {1}, {9}}, new int[] {0, 0, 1});
    assertThat(values[2]).isZero();
    assertThat(values[0]).isEqualTo((9.0 - 1) / 9);
  }

  @Test
  void coincidingPointsHaveZero() {
    double[] values =
        Silhouette.perSample(new double[][] {{1}, {1}, {1}, {1}}, new int[] {0, 0, 1, 1});
    assertThat(values).containsExactly(0, 0, 0, 0);
  }

  @Test
  void undefinedForOneClusterAndForOnlySingletons() {
    double[][] points = {{0}, {1}, {2}};
    assertThat(Silhouette.mean(points, new int[] {0, 0, 0})).isNaN();
    assertThat(Silhouette.mean(points, new int[] {0, 1, 2})).isNaN();
    assertThat(InternalIndices.of(points, new int[] {0, 0, 0}).daviesBouldin()).isNaN();
    assertThat(InternalIndices.of(points, new int[] {0, 1, 2}).calinskiHarabasz()).isNaN();
    assertThat(Silhouette.mean(new double[0][], new int[0])).isNaN();
    assertThat(InternalIndices.of(new double[0][], new int[0]).daviesBouldin()).isNaN();
  }

  @Test
  void clustersWithoutSpread() {
    double[][] points = {{0}, {0}, {3}, {3}};
    InternalIndices separation = InternalIndices.of(points, new int[] {0, 0, 1, 1});
    assertThat(separation.daviesBouldin()).isZero();
    assertThat(separation.calinskiHarabasz()).isEqualTo(1);
    assertThat(
            InternalIndices.of(new double[][] {{0}, {2}, {0}, {2}}, new int[] {0, 0, 1, 1})
                .daviesBouldin())
        .isZero();
  }

  @Test
  void aSampleCoversTheTruthAsOftenAsItSays() {
    double[][] points = blobs(3_000, 4, 3, 1);
    int[] labels = new int[points.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 3;
    }
    double truth = Silhouette.mean(points, labels);
    int covered = 0;
    for (int seed = 0; seed < 100; seed++) {
      Silhouette.Sample sample = Silhouette.sample(points, labels, 200, seed);
      assertThat(sample.indices()).hasSize(200).isSorted();
      if (sample.low() <= truth && truth <= sample.high()) {
        covered++;
      }
    }
    assertThat(covered).isBetween(88, 100);
    Silhouette.Sample all = Silhouette.sample(points, labels, 5_000, 0);
    assertThat(all.mean()).isEqualTo(truth);
    assertThat(all.low()).isEqualTo(truth);
  }

  @Test
  void aSampleOfOneIsRefused() {
    assertThatThrownBy(() -> Silhouette.sample(new double[3][1], new int[3], 1, 0))
        .hasMessageContaining("size is 1");
  }

  @Test
  void doesNotDependOnThreads() throws Exception {
    double[][] points = blobs(2_000, 7, 4, 2);
    int[] labels = new int[points.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 4;
    }
    double[] one = new ForkJoinPool(1).submit(() -> Silhouette.perSample(points, labels)).get();
    double[] four = new ForkJoinPool(4).submit(() -> Silhouette.perSample(points, labels)).get();
    assertThat(four).isEqualTo(one);
  }

  static double[][] blobs(int n, int dimensions, int clusters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] centres = new double[clusters][dimensions];
    for (double[] centre : centres) {
      for (int d = 0; d < dimensions; d++) {
        centre[d] = 3 * random.nextGaussian();
      }
    }
    double[][] points = new double[n][dimensions];
    for (int i = 0; i < n; i++) {
      for (int d = 0; d < dimensions; d++) {
        points[i][d] = centres[i % clusters][d] + random.nextGaussian();
      }
    }
    return points;
  }

  @Test
  void givenSeveralLabellings_whenSampledTogether_thenEachIsAsByItself() {
    SplittableRandom random = new SplittableRandom(6);
    double[][] points = new double[700][5];
    for (double[] point : points) {
      Arrays.setAll(point, d -> random.nextDouble());
    }
    List<int[]> labellings =
        List.of(
            random.ints(700, 0, 4).toArray(),
            new int[700],
            IntStream.range(0, 700).map(i -> i == 3 ? 9 : i % 2).toArray(),
            IntStream.range(0, 700).toArray());

    List<Silhouette.Sample> together = Silhouette.samples(points, labellings, 100, 3);

    for (int i = 0; i < labellings.size(); i++) {
      Silhouette.Sample alone = Silhouette.sample(points, labellings.get(i), 100, 3);
      assertThat(together.get(i).indices()).isEqualTo(alone.indices());
      assertThat(together.get(i).values()).containsExactly(alone.values(), within(1e-12));
      if (Double.isNaN(alone.mean())) {
        assertThat(together.get(i).mean()).isNaN();
      } else {
        assertThat(together.get(i).mean()).isCloseTo(alone.mean(), within(1e-12));
        assertThat(together.get(i).low()).isCloseTo(alone.low(), within(1e-12));
        assertThat(together.get(i).high()).isCloseTo(alone.high(), within(1e-12));
      }
    }
  }

  @Test
  void everyLabellingIsOfAllPoints() {
    assertThatThrownBy(
            () ->
                Silhouette.samples(
                    new double[4][1], List.of(new int[4], new int[] {0, 1, 0}), 2, 1))
        .hasMessage("4 points, but 3 labels; their numbers must be equal");
  }
}
