package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.golden.ClusteringCase;

/** Against the definition: all distances, sorted. */
final class NearestNeighboursTest {
  /**
   * More points than a block, places that fill no group of queries; a grid, so that ties abound.
   */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 5", "700, 1", "1300, 7", "1300, 2000"})
  void givenAGrid_whenNeighboursAreSought_thenEquallyNearOnesComeByNumber(int points, int count) {
    SplittableRandom random = new SplittableRandom(points);
    double[][] rows = new double[points][3];
    for (double[] row : rows) {
      Arrays.setAll(row, d -> random.nextInt(5));
    }
    double[][] places = Arrays.copyOf(rows, Math.min(points, 45));
    Neighbours[] found =
        NearestNeighbours.of(rows).nearest(places, count, NearestNeighbours.Pairing.OTHERS);
    assertThat(found).hasSize(places.length);
    for (int i = 0; i < places.length; i++) {
      int self = i;
      int[] expected = sorted(rows, rows[i], count, self);
      assertThat(found[i].points()).as("place %d", i).containsExactly(expected);
      for (int m = 0; m < expected.length; m++) {
        assertThat(found[i].squares()[m]).isEqualTo(square(rows[i], rows[expected[m]]));
      }
      Neighbours alone = NearestNeighbours.of(rows).nearest(rows[i], count, p -> p != self);
      assertThat(alone.points()).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "overlap", "imbalanced"})
  void givenReferencePoints_whenNeighboursAreSought_thenTheyAreThoseOfTheDefinition(String name) {
    double[][] rows = new ClusteringCase(name).points();
    Neighbours[] found =
        NearestNeighbours.of(rows).nearest(rows, 12, NearestNeighbours.Pairing.OTHERS);
    double[] reaches = NearestNeighbours.of(rows).reaches(rows, 13);
    for (int i = 0; i < rows.length; i++) {
      int[] expected = sorted(rows, rows[i], 12, i);
      assertThat(found[i].points()).as("point %d", i).containsExactly(expected);
      assertThat(reaches[i])
          .isCloseTo(Math.sqrt(square(rows[i], rows[expected[11]])), within(1e-12));
    }
  }

  @Test
  void givenGroups_whenOtherGroupsAreWanted_thenNoneOfTheOwnIsFound() {
    double[][] rows = {{0}, {1}, {2}, {3}, {4}};
    int[] groups = {0, 0, 1, 1, 1};
    Neighbours[] found =
        NearestNeighbours.of(rows).nearest(rows, 3, (a, b) -> groups[a] != groups[b]);
    assertThat(found[0].points()).containsExactly(2, 3, 4);
    assertThat(found[4].points()).containsExactly(1, 0);
  }

  @Test
  void givenPointsOnTheBorder_whenARadiusIsSought_thenTheyAreWithin() {
    double[][] rows = {{0, 0}, {3, 4}, {5, 0.1}, {0, -5}, {1, 0}};
    Neighbours near = NearestNeighbours.of(rows).within(new double[] {0, 0}, 5);
    assertThat(near.points()).containsExactly(0, 1, 3, 4);
    assertThat(near.distance(1)).isEqualTo(5);
  }

  @Test
  void givenNoPoints_whenNeighboursAreSought_thenThereAreNone() {
    assertThat(NearestNeighbours.of(new double[0][]).nearest(new double[0], 3, p -> true).size())
        .isZero();
  }

  private static int[] sorted(double[][] rows, double[] place, int count, int self) {
    return IntStream.range(0, rows.length)
        .filter(p -> p != self)
        .boxed()
        .sorted(Comparator.comparingDouble(p -> square(place, rows[p])))
        .limit(count)
        .mapToInt(p -> p)
        .toArray();
  }

  private static double square(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(d -> (a[d] - b[d]) * (a[d] - b[d])).sum();
  }
}
