package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.golden.ClusteringCase;
import org.surmala.metric.Agreement;
import org.surmala.metric.Separation;

/** Against scikit-learn 1.2.1 (golden/clustering). */
final class ClusterersGoldenTest {
  @ParameterizedTest
  @CsvSource({"blobs,4", "overlap,10", "imbalanced,3"})
  void kMeansIsAsGoodAsTheBestOfFifty(String name, int k) {
    ClusteringCase golden = new ClusteringCase(name);
    double[][] points = golden.points();
    double best = golden.json().get("kmeans_inertia_best_of_50").asDouble();
    for (int seed = 0; seed < 20; seed++) {
      Partition partition = new KMeans(5, 300).on(points, seed).at(k);
      double inertia = Separation.of(points, partition.labels()).inertia();
      assertThat(inertia).as("seed %d", seed).isLessThanOrEqualTo(best * 1.001);
    }
  }

  @ParameterizedTest
  @CsvSource({"blobs,4", "overlap,10", "imbalanced,3"})
  void wardLabelsAreTheSame(String name, int k) {
    ClusteringCase golden = new ClusteringCase(name);
    int[] labels = new Ward().on(golden.points(), 0).at(k).labels();
    assertThat(Agreement.of(golden.labels("ward_labels"), labels).adjustedRand()).isEqualTo(1);
  }

  /** Permuting the songs permutes the clusters. */
  @ParameterizedTest
  @ValueSource(strings = {"blobs", "overlap", "imbalanced"})
  void wardDoesNotDependOnTheOrder(String name) {
    ClusteringCase golden = new ClusteringCase(name);
    double[][] points = golden.points();
    int n = points.length;
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    org.surmala.metric.Resampling.shuffle(order, new SplittableRandom(5));
    double[][] shuffled = new double[n][];
    int[] expected = new int[n];
    int[] labels = new Ward().on(points, 0).at(5).labels();
    for (int i = 0; i < n; i++) {
      shuffled[i] = points[order[i]];
      expected[i] = labels[order[i]];
    }
    assertThat(Agreement.of(expected, new Ward().on(shuffled, 0).at(5).labels()).adjustedRand())
        .isEqualTo(1);
  }
}
