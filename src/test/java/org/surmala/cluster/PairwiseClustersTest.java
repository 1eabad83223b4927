package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.metric.InternalIndices;

final class PairwiseClustersTest {
  private static double[][] between(double[][] points) {
    return PairwiseClusters.between(points, ColumnMajorMatrix.of(points));
  }

  @Test
  void givenPoints_whenTheyMove_thenDistancesAndInertiaAreThoseOfTheCentroids() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] points = new double[60][5];
    for (double[] point : points) {
      Arrays.setAll(point, d -> random.nextGaussian());
    }

    PairwiseClusters clusters = PairwiseClusters.around(between(points), new int[] {4, 9, 33});
    clusters = clusters.improve(100).swapped(1, 20).improve(100);

    double[][] centroids = RelabelBySize.centroids(points, clusters.labels());
    double[][] distances = clusters.distances();
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < points.length; i++) {
        assertThat(distances[c][i])
            .isCloseTo(Geometry.squaredDistance(points[i], centroids[c]), within(1e-12));
      }
    }
    assertThat(clusters.inertia())
        .isCloseTo(InternalIndices.of(points, clusters.labels()).inertia(), within(1e-10));
  }

  @Test
  void givenPointsOnALine_whenImproved_thenEachHasTheNearestCentroid() {
    double[][] points = {{0}, {1}, {2}, {10}, {11}, {12}, {30}};

    PairwiseClusters clusters = PairwiseClusters.around(between(points), new int[] {0, 3, 4});

    assertThat(clusters.labels()).containsExactly(0, 0, 0, 1, 2, 2, 2);
    assertThat(clusters.improve(100).labels()).containsExactly(0, 0, 0, 1, 1, 1, 2);
    assertThat(clusters.inertia()).isCloseTo(4, within(1e-12));
  }

  @Test
  void givenTwoCentresAtOnePlace_whenImproved_thenTheEmptyClusterTakesTheFarthestPoint() {
    double[][] points = {{0}, {0}, {1}, {9}};

    PairwiseClusters clusters = PairwiseClusters.around(between(points), new int[] {0, 1});

    assertThat(clusters.labels()).containsExactly(0, 0, 0, 0);
    assertThat(clusters.improve(100).labels()).containsExactly(0, 0, 0, 1);
  }

  @Test
  void givenASwap_whenImproved_thenTheFormerPartitionIsUnchanged() {
    double[][] points = {{0}, {1}, {5}, {6}};
    PairwiseClusters clusters =
        PairwiseClusters.around(between(points), new int[] {0, 2}).improve(100);

    assertThat(clusters.swapped(0, 3).labels()).containsExactly(1, 1, 1, 0);
    assertThat(clusters.labels()).containsExactly(0, 0, 1, 1);
  }
}
