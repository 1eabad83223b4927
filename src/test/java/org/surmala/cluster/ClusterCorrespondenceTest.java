package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.surmala.schema.Clustering;
import org.surmala.schema.Population;

/** Clusters that keep their numbers. */
final class ClusterCorrespondenceTest {
  /** Tries every pairing. */
  private static double best(double[][] weights, int row, boolean[] used) {
    if (row == weights.length) {
      return 0;
    }
    // A row may stay without a column when there are more rows than columns.
    double best =
        weights.length > weights[0].length
            ? best(weights, row + 1, used)
            : Double.NEGATIVE_INFINITY;
    for (int c = 0; c < used.length; c++) {
      if (!used[c]) {
        used[c] = true;
        best = Math.max(best, weights[row][c] + best(weights, row + 1, used));
        used[c] = false;
      }
    }
    return best;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,5", "5,3", "6,6", "7,4"})
  void givenWeights_whenPaired_thenNoPairingIsHeavier(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(rows * 10L + columns);
    for (int round = 0; round < 50; round++) {
      double[][] weights = new double[rows][columns];
      for (double[] row : weights) {
        Arrays.setAll(row, c -> random.nextInt(8));
      }
      int[] paired = HungarianMatching.heaviest(weights);
      double total = 0;
      List<Integer> taken = new ArrayList<>();
      for (int r = 0; r < rows; r++) {
        if (paired[r] >= 0) {
          taken.add(paired[r]);
          total += weights[r][paired[r]];
        }
      }
      assertThat(taken).doesNotHaveDuplicates().hasSize(Math.min(rows, columns));
      assertThat(total).isEqualTo(best(weights, 0, new boolean[columns]));
    }
  }

  /** Songs around the given places, so many around each, named by what they lie around. */
  private static Clustering clustering(
      ClusterAlgorithm algorithm, int k, double[] places, int[] counts) {
    List<String> ids = new ArrayList<>();
    List<double[]> points = new ArrayList<>();
    for (int p = 0; p < places.length; p++) {
      for (int i = 0; i < counts[p]; i++) {
        ids.add("%03.0f-%03d".formatted(places[p], i));
        points.add(new double[] {places[p] + 0.01 * i, 0.001 * i * i});
      }
    }
    return new ClusterSweep(
            ClusterOptions.DEFAULTS
                .withAlgorithms(algorithm)
                .withKRange(k, k)
                .withStabilityRefits(0))
        .run("vae", "v", ids, points.toArray(double[][]::new)).stream()
            .filter(Clustering::getChosen)
            .findFirst()
            .orElseThrow();
  }

  @Test
  void givenASampleOfTheSongs_whenContinued_thenSizesGoWithTheNumbers() {
    Clustering before =
        clustering(ClusterAlgorithm.KMEANS, 2, new double[] {0, 100}, new int[] {8, 5});
    Clustering found =
        clustering(ClusterAlgorithm.KMEANS, 2, new double[] {0, 100}, new int[] {4, 6});
    found.setPopulation(new Population(3, 1_000, List.of(600, 390), ByteBuffer.allocate(0)));

    Population continued =
        Objects.requireNonNull(ClusterCorrespondence.continued(before, found).getPopulation());

    assertThat(continued.getSizes()).containsExactly(390, 600);
    assertThat(continued.getNumber()).isEqualTo(3);
    assertThat(continued.getSongs()).isEqualTo(1_000);
  }

  private static int label(Clustering clustering, String id) {
    int at = clustering.getIds().indexOf(id);
    return clustering.getLabels().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(at);
  }

  private static int assigned(Clustering clustering, double place) {
    return Assigner.of(clustering).assign("new", new double[] {place, 0}).getCluster();
  }

  @ParameterizedTest
  @EnumSource(
      value = ClusterAlgorithm.class,
      names = {"KMEANS", "WARD", "GMM_DIAGONAL"})
  void givenClustersWhoseSizesChangePlaces_whenContinued_thenTheyKeepTheirNumbers(
      ClusterAlgorithm algorithm) {
    Clustering before =
        clustering(algorithm, 3, new double[] {100, 200, 300}, new int[] {30, 20, 10});
    Clustering after =
        clustering(algorithm, 3, new double[] {100, 200, 300}, new int[] {30, 31, 32});
    assertThat(label(after, "300-000")).isZero();

    Clustering continued = ClusterCorrespondence.continued(before, after);

    assertThat(label(continued, "100-000")).isZero();
    assertThat(label(continued, "200-030")).isEqualTo(1);
    assertThat(label(continued, "300-031")).isEqualTo(2);
    assertThat(assigned(continued, 101)).isZero();
    assertThat(assigned(continued, 201)).isEqualTo(1);
    assertThat(assigned(continued, 299)).isEqualTo(2);
    assertThat(Assigner.of(continued).assign("new", new double[] {300.155, 0}).getDistance())
        .isLessThan(1);
  }

  @Test
  void givenAClusterThatIsGoneAndOneThatIsNew_whenContinued_thenNoNumberComesToMeanAnother() {
    Clustering first =
        clustering(
            ClusterAlgorithm.KMEANS, 3, new double[] {100, 200, 300}, new int[] {30, 20, 10});
    Clustering second =
        ClusterCorrespondence.continued(
            first,
            clustering(ClusterAlgorithm.KMEANS, 2, new double[] {100, 300}, new int[] {30, 10}));
    assertThat(label(second, "100-000")).isZero();
    assertThat(label(second, "300-000")).isEqualTo(2);
    assertThat(assigned(second, 200.5)).isIn(0, 2);
    assertThat(second.getK()).isEqualTo(2);

    Clustering third =
        ClusterCorrespondence.continued(
            second,
            clustering(
                ClusterAlgorithm.KMEANS, 3, new double[] {100, 300, 900}, new int[] {9, 10, 40}));

    assertThat(label(third, "100-000")).isZero();
    assertThat(label(third, "300-000")).isEqualTo(2);
    assertThat(label(third, "900-000")).isEqualTo(3);
    assertThat(assigned(third, 901)).isEqualTo(3);
  }
}
