package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.metric.ColumnMajorMatrix;

/** Labels by bounds are those of a comparison of every point with every centre. */
final class NearestCentresTest {
  private static int[] compared(double[][] points, double[][] centres) {
    return Arrays.stream(points)
        .mapToInt(
            point -> {
              int nearest = 0;
              for (int c = 1; c < centres.length; c++) {
                if (ColumnMajorMatrix.squaredDistance(point, centres[c])
                    < ColumnMajorMatrix.squaredDistance(point, centres[nearest])) {
                  nearest = c;
                }
              }
              return nearest;
            })
        .toArray();
  }

  private static double[] along(double first) {
    double[] point = new double[16];
    point[0] = first;
    return point;
  }

  private static NearestCentres of(double[][] points) {
    return new NearestCentres(points, ColumnMajorMatrix.of(points));
  }

  @ParameterizedTest
  @CsvSource({"1, 12", "2, 13", "5, 2", "9, 17", "20, 12", "40, 16"})
  void givenCentresThatMove_whenAssigned_thenLabelsAreThoseOfAComparisonOfAll(
      int k, int dimensions) {
    Random random = new Random(k);
    double[][] points =
        Stream.generate(() -> random.doubles(dimensions).toArray())
            .limit(700)
            .toArray(double[][]::new);
    double[][] centres =
        IntStream.range(0, k).mapToObj(c -> points[c].clone()).toArray(double[][]::new);
    NearestCentres nearest = of(points);
    int[] before = new int[points.length];
    for (int step = 0; step < 60; step++) {
      boolean isChanged = nearest.assign(centres);

      int[] expected = compared(points, centres);
      assertThat(nearest.labels()).isEqualTo(expected);
      assertThat(isChanged).isEqualTo(step == 0 || !Arrays.equals(before, expected));
      assertThat(nearest.squaredDistances()[step])
          .isEqualTo(
              ColumnMajorMatrix.squaredDistance(points[step], centres[nearest.labels()[step]]));
      before = expected;
      // Steps become smaller, as in K-Means; now and then a centre jumps to a point.
      double size = 0.5 / (1 + step);
      for (double[] centre : centres) {
        Arrays.setAll(centre, d -> centre[d] + size * (random.nextDouble() - 0.5));
      }
      if (step % 10 == 9) {
        centres[step % k] = points[random.nextInt(points.length)].clone();
      }
    }
  }

  @Test
  void givenPointsAtEqualDistances_whenAssigned_thenTheLowerNumberIsTaken() {
    double[][] points = {{0}, {1}, {2}, {2}};
    NearestCentres nearest = of(points);
    nearest.assign(new double[][] {{0}, {2}});
    assertThat(nearest.labels()).containsExactly(0, 0, 1, 1);

    nearest.assign(new double[][] {{2}, {0}});
    assertThat(nearest.labels()).containsExactly(1, 0, 0, 0);
    nearest.assign(new double[][] {{2}, {2}});
    assertThat(nearest.labels()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void givenCentresThatMoved_whenPointsAreFar_thenTheirRatioIsAboveTheOneAskedFor() {
    double[][] points = {along(0), along(4)};
    NearestCentres nearest = of(points);
    nearest.assign(new double[][] {along(1), along(10)});

    // 10 against 1, and 6 against 3; then each by 1.5 less and more.
    assertThat(nearest.isFar(0, 99)).isTrue();
    assertThat(nearest.isFar(0, 100)).isFalse();
    assertThat(nearest.isFar(1, 3.9)).isTrue();
    assertThat(nearest.isFar(1, 4)).isFalse();
    nearest.moveTo(new double[][] {along(1), along(8.5)});
    assertThat(nearest.isFar(1, 0.99)).isTrue();
    assertThat(nearest.isFar(1, 1)).isFalse();
    nearest.moveTo(new double[][] {along(1), along(4)});
    assertThat(nearest.isFar(1, 0)).isFalse();
  }

  @Test
  void givenALabelFromDistances_whenCentresMove_thenItsBoundsCountFromThere() {
    double[][] points = {along(0), along(4)};
    NearestCentres nearest = of(points);
    nearest.assign(new double[][] {along(1), along(10)});
    nearest.moveTo(new double[][] {along(-1), along(10)});
    nearest.label(1, 1, new double[] {25, 36});

    assertThat(nearest.labels()).containsExactly(0, 1);
    // 5 against 6; then each by 0.5 less and more.
    assertThat(nearest.isFar(1, 25.0 / 36 - 1e-6)).isTrue();
    assertThat(nearest.isFar(1, 25.0 / 36)).isFalse();
    nearest.moveTo(new double[][] {along(-1.5), along(10)});
    assertThat(nearest.isFar(1, 4.5 * 4.5 / (6.5 * 6.5) - 1e-6)).isTrue();
    assertThat(nearest.isFar(1, 4.5 * 4.5 / (6.5 * 6.5))).isFalse();

    assertThat(nearest.assign(new double[][] {along(3), along(10)})).isTrue();
    assertThat(nearest.labels()).containsExactly(0, 0);
  }
}
