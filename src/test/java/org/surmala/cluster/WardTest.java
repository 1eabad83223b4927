package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.surmala.schema.Merge;

final class WardTest {
  /** Heights by hand: 1 and 2 for the pairs; then √(2·2·2/4) · 10.5 for their union. */
  @Test
  void heightsAreThoseOfTheDefinition() {
    double[][] points = {{0}, {1}, {10}, {12}};
    List<Merge> merges = new Ward().on(points, 0).merges();
    assertThat(merges).hasSize(3);
    assertThat(merges.get(0)).isEqualTo(new Merge(0, 1, 1.0));
    assertThat(merges.get(1)).isEqualTo(new Merge(2, 3, 2.0));
    assertThat(merges.get(2).getLeft()).isEqualTo(4);
    assertThat(merges.get(2).getRight()).isEqualTo(5);
    assertThat(merges.get(2).getHeight()).isEqualTo(Math.sqrt(2) * 10.5, within(1e-12));
  }

  @Test
  void coincidingPointsJoinFirst() {
    double[][] points = {{1, 1}, {5, 5}, {1, 1}, {1, 1}};
    int[] labels = new Ward().on(points, 0).at(2).labels();
    assertThat(labels).containsExactly(0, 1, 0, 0);
  }

  @Test
  void tooManyPointsAreRefused() {
    assertThatThrownBy(() -> new Ward().on(new double[50_001][1], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cluster.algorithms has ward, which takes at most 50000 points, because its cost grows"
                + " with their square; there are 50001. Use kmeans, which has no such limit");
  }
}
