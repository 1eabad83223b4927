package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.surmala.metric.ExternalIndices;
import org.surmala.metric.GaussianMixture;
import org.surmala.schema.Merge;

/** Planted shapes of which the right grouping is known. */
final class ShapesTest {
  /** Two rings, one inside the other: no centroid can tell them apart. */
  private static double[][] rings(int n) {
    SplittableRandom random = new SplittableRandom(3);
    double[][] points = new double[n][];
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double radius = (i % 2 == 0 ? 1 : 4) + 0.1 * random.nextGaussian();
      points[i] = new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
    }
    return points;
  }

  private static int[] evenAndOdd(int n) {
    int[] labels = new int[n];
    Arrays.setAll(labels, i -> i % 2);
    return labels;
  }

  @Test
  void ringsAreToldApartByNeighbourhoodOnly() {
    double[][] points = rings(400);
    int[] truth = evenAndOdd(400);
    SweptClusterer spectral = new Spectral(new KMeans(3, 100)).on(points, 1);
    assertThat(ExternalIndices.of(truth, spectral.at(2).labels()).adjustedRand()).isEqualTo(1);
    int[] hdbscan = new Hdbscan(5, 20).on(points, 1).at(0).labels();
    assertThat(ExternalIndices.of(truth, hdbscan).adjustedRand()).isGreaterThan(0.95);
    int[] dbscan = new Dbscan(0.8, 5).on(points, 1).at(0).labels();
    assertThat(ExternalIndices.of(truth, dbscan).adjustedRand()).isEqualTo(1);
    int[] kMeans = new KMeans(5, 100).on(points, 1).at(2).labels();
    assertThat(ExternalIndices.of(truth, kMeans).adjustedRand()).isLessThan(0.1);
  }

  /** Two long thin clouds side by side. */
  @Test
  void thinCloudsAreToldApartByTheirCovariance() {
    SplittableRandom random = new SplittableRandom(5);
    int n = 400;
    double[][] points = new double[n][];
    for (int i = 0; i < n; i++) {
      double along = 8 * random.nextGaussian();
      points[i] = new double[] {along, along + i % 2 * 4 + 0.4 * random.nextGaussian()};
    }
    int[] truth = evenAndOdd(n);
    SweptClusterer full = new MixtureClusterer(true, 300).on(points, 2);
    Partition two = full.at(2);
    assertThat(ExternalIndices.of(truth, two.labels()).adjustedRand()).isGreaterThan(0.97);
    double[] probabilities = Objects.requireNonNull(two.probabilities());
    assertThat(probabilities).hasSize(n);
    for (double probability : probabilities) {
      assertThat(probability).isBetween(0.5, 1.0);
    }
    double bic = Objects.requireNonNull(two.bic());
    assertThat(full.at(3).bic()).isGreaterThan(bic);
    assertThat(full.at(4).bic()).isGreaterThan(bic);
    int[] kMeans = new KMeans(5, 100).on(points, 2).at(2).labels();
    assertThat(ExternalIndices.of(truth, kMeans).adjustedRand()).isLessThan(0.1);
  }

  /** Log density of a standard normal in two dimensions at its mean and at (3, 4). */
  @Test
  void densitiesAreThoseOfTheNormalDistribution() {
    GaussianMixture standard =
        new GaussianMixture(
            new double[] {1}, new double[][] {{0, 0}}, new double[][] {{1, 0, 0, 1}});
    assertThat(standard.logDensities(new double[2])[0])
        .isEqualTo(-Math.log(2 * Math.PI), within(1e-12));
    assertThat(standard.logDensities(new double[] {3, 4})[0])
        .isEqualTo(-Math.log(2 * Math.PI) - 12.5, within(1e-12));
    // Covariance (4 2; 2 3): determinant 8, inverse (3 -2; -2 4) / 8.
    GaussianMixture other =
        new GaussianMixture(
            new double[] {1}, new double[][] {{1, 1}}, new double[][] {{4, 2, 2, 3}});
    double squares = (3 * 4 - 2 * 2 * 2 + 4) / 8.0;
    assertThat(other.logDensities(new double[] {3, 2})[0])
        .isEqualTo(-Math.log(2 * Math.PI) - 0.5 * Math.log(8) - squares / 2, within(1e-12));
    GaussianMixture diagonal =
        new GaussianMixture(new double[] {1}, new double[][] {{1, 1}}, new double[][] {{4, 3}});
    assertThat(diagonal.logDensities(new double[] {3, 2})[0])
        .isEqualTo(-Math.log(2 * Math.PI) - 0.5 * Math.log(12) - (1 + 1 / 3.0) / 2, within(1e-12));
  }

  /** A dense and a thin blob and even noise: one radius cannot do for both. */
  @Test
  void hdbscanFindsClustersOfUnlikeDensity() {
    SplittableRandom random = new SplittableRandom(9);
    double[][] points = new double[260][];
    int[] truth = new int[260];
    for (int i = 0; i < 260; i++) {
      double spread = i < 100 ? 0.1 : 1.5;
      double centre = i < 100 ? 0 : 12;
      truth[i] = i < 100 ? 0 : 1;
      points[i] =
          new double[] {
            centre + spread * random.nextGaussian(), centre + spread * random.nextGaussian()
          };
      if (i >= 240) {
        truth[i] = -1;
        points[i] = new double[] {-40 + 80 * random.nextDouble(), -60 - 80 * random.nextDouble()};
      }
    }
    Partition partition = new Hdbscan(5, 30).on(points, 1).at(0);
    assertThat(partition.clusters()).isEqualTo(2);
    assertThat(ExternalIndices.of(truth, partition.labels()).adjustedRand()).isGreaterThan(0.9);
    assertThat(partition.rule().assign(new double[] {0.05, 0})).isEqualTo(partition.labels()[0]);
    assertThat(partition.rule().assign(new double[] {12, 12.5})).isEqualTo(partition.labels()[150]);
    assertThat(partition.rule().assign(new double[] {30, -90})).isEqualTo(-1);
  }

  @Test
  void hdbscanOfCopiesAndOfTooFewIsDefined() {
    int[] few = new Hdbscan(5, 30).on(rings(20), 1).at(0).labels();
    assertThat(few).containsOnly(-1);
    double[][] copies = new double[40][1];
    for (int i = 20; i < 40; i++) {
      copies[i][0] = 5;
    }
    Partition partition = new Hdbscan(3, 5).on(copies, 1).at(0);
    assertThat(partition.clusters()).isEqualTo(2);
    assertThat(partition.labels()[0]).isNotEqualTo(partition.labels()[39]);
  }

  @Test
  void dbscanFindsItsRadius() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] points = new double[220][];
    for (int i = 0; i < 220; i++) {
      double x = i < 200 ? i % 2 * 20 + random.nextGaussian() : -60 + 150 * random.nextDouble();
      double y = i < 200 ? random.nextGaussian() : -60 + 120 * random.nextDouble();
      points[i] = new double[] {x, y};
    }
    Partition partition = new Dbscan(0, 5).on(points, 1).at(0);
    assertThat(partition.clusters()).isEqualTo(2);
    int[] planted = Arrays.copyOf(partition.labels(), 200);
    assertThat(ExternalIndices.of(evenAndOdd(200), planted).adjustedRand()).isGreaterThan(0.95);
    assertThat(partition.labels()[210]).isEqualTo(-1);
  }

  /** Against joining the nearest pair by the definition, over and over. */
  @ParameterizedTest
  @EnumSource(
      value = ClusterAlgorithm.class,
      names = {"AVERAGE", "COMPLETE"})
  void linkageJoinsTheNearestPair(ClusterAlgorithm algorithm) {
    SplittableRandom random = new SplittableRandom(7);
    double[][] points = new double[60][3];
    for (double[] point : points) {
      Arrays.setAll(point, d -> random.nextGaussian());
    }
    List<List<Integer>> clusters = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      clusters.add(List.of(i));
    }
    List<Double> heights = new ArrayList<>();
    while (clusters.size() > 1) {
      double least = Double.POSITIVE_INFINITY;
      int a = 0;
      int b = 0;
      for (int i = 0; i < clusters.size(); i++) {
        for (int j = 0; j < i; j++) {
          double distance = distance(points, clusters.get(i), clusters.get(j), algorithm);
          if (distance < least) {
            least = distance;
            a = i;
            b = j;
          }
        }
      }
      heights.add(least);
      List<Integer> union = new ArrayList<>(clusters.get(a));
      union.addAll(clusters.get(b));
      clusters.remove(a);
      clusters.set(b, union);
    }
    List<Merge> merges = new Linkage(algorithm).on(points, 0).merges();
    for (int i = 0; i < heights.size(); i++) {
      assertThat(merges.get(i).getHeight()).isEqualTo(heights.get(i), within(1e-5));
    }
  }

  private static double distance(
      double[][] points, List<Integer> a, List<Integer> b, ClusterAlgorithm algorithm) {
    double sum = 0;
    double most = 0;
    for (int i : a) {
      for (int j : b) {
        double distance = Math.sqrt(Geometry.squaredDistance(points[i], points[j]));
        sum += distance;
        most = Math.max(most, distance);
      }
    }
    return algorithm == ClusterAlgorithm.AVERAGE ? sum / a.size() / b.size() : most;
  }

  @Test
  void limitsAreNamed() {
    double[][] many = new double[3_001][1];
    assertThatThrownBy(() -> new Spectral(new KMeans(1, 1)).on(many, 0))
        .hasMessageContaining("spectral, which takes at most 3000 points");
    double[][] more = new double[15_001][1];
    assertThatThrownBy(() -> new Linkage(ClusterAlgorithm.AVERAGE).on(more, 0))
        .hasMessageContaining("average, which takes at most 15000 points");
  }
}
