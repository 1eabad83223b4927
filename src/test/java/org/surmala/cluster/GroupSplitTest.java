package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.metric.ExternalIndices;

final class GroupSplitTest {
  private static final int LEAST = 15;
  private static final int MOST = 40;

  private static double[][] normal(int n, long seed) {
    Random random = new Random(seed);
    double[][] points = new double[n][4];
    for (double[] point : points) {
      Arrays.setAll(point, d -> random.nextGaussian());
    }
    return points;
  }

  private static Map<Integer, Integer> sizes(int[] labels) {
    Map<Integer, Integer> sizes = new HashMap<>();
    Arrays.stream(labels).forEach(label -> sizes.merge(label, 1, Integer::sum));
    return sizes;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 14, 15, 40})
  void givenFewSongs_whenSplit_thenAllAreOneGroup(int n) {
    assertThat(GroupSplit.labels(normal(n, 1), LEAST, MOST, 1)).containsOnly(0).hasSize(n);
  }

  @ParameterizedTest
  @CsvSource({"41", "59", "60", "81", "100", "304", "1000", "2000", "2001", "5000"})
  void givenManySongs_whenSplit_thenEveryGroupHasASizeInTheRange(int n) {
    Map<Integer, Integer> sizes = sizes(GroupSplit.labels(normal(n, n), LEAST, MOST, 1));
    assertThat(sizes.values()).allSatisfy(size -> assertThat(size).isBetween(LEAST, MOST));
    // Numbered by size, without gaps.
    for (int group = 1; group < sizes.size(); group++) {
      assertThat(sizes.get(group)).isLessThanOrEqualTo(sizes.get(group - 1));
    }
  }

  @Test
  void givenOtherSizes_whenSplit_thenTheyAreKept() {
    assertThat(sizes(GroupSplit.labels(normal(500, 2), 2, 4, 1)).values())
        .allSatisfy(size -> assertThat(size).isBetween(2, 4));
    assertThat(sizes(GroupSplit.labels(normal(500, 2), 100, 200, 1)).values())
        .allSatisfy(size -> assertThat(size).isBetween(100, 200));
  }

  @Test
  void givenGroupsFarApart_whenSplit_thenTheyAreFound() {
    int[] expected = new int[120];
    double[][] points = normal(120, 3);
    for (int i = 0; i < points.length; i++) {
      expected[i] = i % 5;
      points[i][0] += 100 * expected[i];
    }
    int[] found = GroupSplit.labels(points, LEAST, MOST, 1);
    assertThat(ExternalIndices.of(expected, found).adjustedRand()).isEqualTo(1);
  }

  /** Three songs are far from all others, and too few for a group. */
  @Test
  void givenOutliers_whenSplit_thenTheyAreNoGroupOfTheirOwn() {
    double[][] points = normal(100, 4);
    for (int i = 0; i < 3; i++) {
      points[i][0] += 1000;
    }
    assertThat(sizes(GroupSplit.labels(points, LEAST, MOST, 1)).values())
        .allSatisfy(size -> assertThat(size).isBetween(LEAST, MOST));
  }

  @Test
  void givenEqualSongs_whenSplit_thenTheyAreGroupsOfASizeInTheRange() {
    assertThat(sizes(GroupSplit.labels(new double[101][3], LEAST, MOST, 1)).values())
        .allSatisfy(size -> assertThat(size).isBetween(LEAST, MOST));
  }

  @Test
  void givenTheSameSongs_whenSplitAgain_thenTheGroupsAreTheSame() {
    assertThat(GroupSplit.labels(normal(700, 5), LEAST, MOST, 9))
        .isEqualTo(GroupSplit.labels(normal(700, 5), LEAST, MOST, 9));
  }
}
