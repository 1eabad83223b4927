package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MutualProximityTest {
  private static double[][] gaussian(int songs, int dimensions) {
    Random random = new Random(5);
    double[][] points = new double[songs][dimensions];
    for (double[] point : points) {
      Arrays.setAll(point, d -> random.nextGaussian());
    }
    return points;
  }

  @Test
  void givenSongs_whenSearched_thenTheirOrderIsThatOfTheDistances() {
    double[][] points = gaussian(150, 30);
    DistanceRows rows = MutualProximity.rows(points);
    MutualProximity search = MutualProximity.of(ColumnMajorMatrix.of(points));

    Neighbours[] found = search.nearestOfEach(new double[][][] {points}, 10);

    for (int song = 0; song < points.length; song++) {
      int query = song;
      double[] distances = rows.of(query);
      int[] expected =
          IntStream.range(0, points.length)
              .filter(i -> i != query)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> distances[i]))
              .limit(10)
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(found[query].points()).isEqualTo(expected);
      assertThat(search.nearest(new double[][] {points[query]}, 10, i -> i != query).points())
          .isEqualTo(expected);
    }
  }

  /** A song at the mean of many dimensions is among the nearest of nearly all. */
  @Test
  void givenAHub_whenSearched_thenItIsNoLongerTheNearestOfAll() {
    double[][] points = gaussian(400, 60);
    points[0] = new double[60];
    long byDistance =
        lists(NearestNeighbours.of(points).nearest(points, 10, NearestNeighbours.Pairing.OTHERS));
    long byProximity =
        lists(
            MutualProximity.of(ColumnMajorMatrix.of(points))
                .nearestOfEach(new double[][][] {points}, 10));

    assertThat(byDistance).isGreaterThan(390);
    assertThat(byProximity).isLessThan(100);
  }

  private static long lists(Neighbours[] neighbours) {
    return Arrays.stream(neighbours)
        .filter(list -> IntStream.of(list.points()).anyMatch(song -> song == 0))
        .count();
  }

  @Test
  void givenACopy_whenSearched_thenItIsTheNearest() {
    double[][] points = gaussian(50, 3);
    points[49] = points[20].clone();
    Arrays.setAll(points[30], d -> points[20][d] + 1e-9);

    assertThat(
            MutualProximity.of(ColumnMajorMatrix.of(points))
                .nearest(new double[][] {points[20]}, 2, i -> i != 20))
        .extracting(Neighbours::points)
        .isEqualTo(new int[] {49, 30});
  }

  @Test
  void givenSongsThatAreAllTheSame_whenSearched_thenAllAreFound() {
    double[][] points = new double[5][3];

    Neighbours found =
        MutualProximity.of(ColumnMajorMatrix.of(points))
            .nearest(new double[][] {points[2]}, 9, i -> true);

    assertThat(found.points()).containsExactly(0, 1, 2, 3, 4);
  }

  /** Schnitzer et al. (2012), 3.3: the proximities in the spaces are multiplied. */
  @Test
  void givenTwoSpaces_whenSearched_thenTheProximitiesAreMultiplied() {
    double[][] one = gaussian(150, 4);
    double[][] other = gaussian(150, 30);
    DistanceRows inOne = MutualProximity.rows(one);
    DistanceRows inOther = MutualProximity.rows(other);
    DistanceRows rows = MutualProximity.rows(one, other);
    MutualProximity search =
        MutualProximity.of(ColumnMajorMatrix.of(one), ColumnMajorMatrix.of(other));

    Neighbours[] found = search.nearestOfEach(new double[][][] {one, other}, 10);

    for (int song = 0; song < one.length; song++) {
      int query = song;
      double[] a = inOne.of(query);
      double[] b = inOther.of(query);
      double[] joined = new double[one.length];
      Arrays.setAll(joined, i -> 1 - (1 - a[i]) * (1 - b[i]));
      double[] distances = rows.of(query);
      assertThat(distances).containsExactly(joined, within(1e-15));
      int[] expected =
          IntStream.range(0, one.length)
              .filter(i -> i != query)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> distances[i]))
              .limit(10)
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(found[query].points()).isEqualTo(expected);
      Neighbours single = search.nearest(search.point(query), 10, i -> i != query);
      assertThat(single.points()).isEqualTo(expected);
      assertThat(single.distance(0))
          .isCloseTo(euclidean(one[query], one[expected[0]]), within(1e-12));
    }
  }

  private static double euclidean(double[] a, double[] b) {
    return Math.sqrt(
        IntStream.range(0, a.length).mapToDouble(d -> (a[d] - b[d]) * (a[d] - b[d])).sum());
  }
}
