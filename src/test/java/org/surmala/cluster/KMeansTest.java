package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.surmala.metric.ExternalIndices;
import org.surmala.metric.InternalIndices;

final class KMeansTest {
  private static final int POINTS = 3 * KMeans.MOST_STARTED;
  private static final int GROUPS = 12;

  @Test
  void givenMorePointsThanStartsAreMadeOn_whenGrouped_thenTheErrorIsThatOfThePlantedGroups() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] centres = new double[GROUPS][8];
    for (double[] centre : centres) {
      Arrays.setAll(centre, d -> 12 * random.nextDouble());
    }
    double[][] points = new double[POINTS][];
    int[] planted = new int[POINTS];
    for (int i = 0; i < POINTS; i++) {
      // The last group is a thousandth of the first.
      planted[i] = i % 10_000 == 0 ? GROUPS - 1 : i % (GROUPS - 1);
      double[] centre = centres[planted[i]];
      points[i] = new double[centre.length];
      Arrays.setAll(points[i], d -> centre[d] + random.nextGaussian());
    }

    int[] labels = new KMeans(5, 300).on(points, 1).at(GROUPS).labels();

    assertThat(InternalIndices.of(points, labels).inertia())
        .isLessThan(1.001 * InternalIndices.of(points, planted).inertia());
    assertThat(ExternalIndices.of(planted, labels).adjustedRand()).isGreaterThan(0.95);
  }

  @Test
  void givenAPlaceThatTheSampleMisses_whenGrouped_thenItHasAGroup() {
    double[][] points = new double[POINTS][1];
    for (int i = 0; i < POINTS; i++) {
      points[i][0] = i == 77 ? 9 : i % 2;
    }

    int[] labels = new KMeans(2, 300).on(points, 1).at(3).labels();

    assertThat(Arrays.stream(labels).filter(label -> label == labels[77]).count()).isEqualTo(1);
    assertThat(labels[0]).isNotEqualTo(labels[1]).isEqualTo(labels[2]);
  }

  @Test
  void givenFewPoints_whenGroupedByTheirDistances_thenTheCentresAreThoseOfTheWayForManyPoints() {
    SplittableRandom random = new SplittableRandom(8);
    for (int dimensions : new int[] {1, 2, 13, 40}) {
      double[][] points = new double[150][dimensions];
      for (double[] point : points) {
        Arrays.setAll(point, d -> 1000 + random.nextGaussian());
      }
      // Some points are equal.
      System.arraycopy(points, 0, points, 100, 30);
      double[] ones = new double[points.length];
      Arrays.fill(ones, 1);
      for (int k : new int[] {1, 2, 7, 25}) {
        KMeans kMeans = new KMeans(3, 300);

        double[][] centres = kMeans.on(points, k).at(k).centroids();

        double[][] expected = kMeans.centres(points, ones, k, k);
        Comparator<double[]> order = Arrays::compare;
        Arrays.sort(centres, order);
        Arrays.sort(expected, order);
        for (int c = 0; c < k; c++) {
          assertThat(centres[c]).containsExactly(expected[c], within(1e-9));
        }
      }
    }
  }
}
