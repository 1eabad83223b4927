package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.surmala.schema.Clustering;
import org.surmala.schema.SweepFigures;

final class BootstrapStabilityTest {
  private static final ClusterOptions OPTIONS =
      ClusterOptions.DEFAULTS.withAlgorithms(ClusterAlgorithm.KMEANS).withSeed(3);

  /** Counted by hand: sizes 3, 2 and noise against 2, 1, 2. */
  @Test
  void jaccardIsOfTheNearestCluster() {
    int[] labels = {0, 0, 0, 1, 1, -1};
    int[] others = {2, 2, 0, 1, -1, 0};
    assertThat(BootstrapStability.jaccard(labels, others, 2)).containsExactly(2 / 3.0, 1 / 2.0);
    assertThat(BootstrapStability.jaccard(labels, new int[] {-1, -1, -1, -1, -1, -1}, 2))
        .containsExactly(0, 0);
    assertThat(BootstrapStability.jaccard(new int[] {1, 1}, new int[] {0, 0}, 2))
        .containsExactly(Double.NaN, 1);
  }

  /** Eight far apart: one more has to split a cluster somewhere, each time somewhere else. */
  @Test
  void choosesAsManyClustersAsAreFoundAgain() {
    List<Clustering> swept = sweep(gaussians(8, 100, 6, 11));
    Clustering chosen = chosen(swept);
    assertThat(chosen.getK()).isEqualTo(8);
    assertThat(Arrays.stream(PackedDoubles.doubles(chosen.getClusterStabilities())).boxed())
        .hasSize(8)
        .allMatch(stability -> stability > 0.99 && stability <= 1);
    assertThat(chosen.getReason())
        .startsWith(
            "the largest k whose clusters are all stable in refits: the least stable one has a mean"
                + " Jaccard index of ")
        .endsWith(", of k = 2 to 10");
    SweepFigures nine = swept.get(7).getSweep();
    assertThat(nine.getLeastClusterStability()).isLessThan(0.75);
    assertThat(swept.get(7).getStability())
        .as("the mean over all songs hides the one that is not")
        .isGreaterThan(0.75);
  }

  @Test
  void withoutStructureSilhouetteChoosesAndTheReasonSaysSo() {
    List<Clustering> swept = sweep(gaussians(1, 600, 0, 5));
    Clustering chosen = chosen(swept);
    double highest =
        swept.stream().mapToDouble(c -> c.getSweep().getSilhouette()).max().orElseThrow();
    assertThat(chosen.getSweep().getSilhouette()).isEqualTo(highest);
    assertThat(chosen.getReason())
        .contains("because at no k are all clusters stable in refits")
        .endsWith("below 0.75");
  }

  @Test
  void theEndOfTheRangeIsNoEndOfTheMusic() {
    double[][] points = gaussians(8, 60, 6, 11);
    Clustering chosen =
        chosen(
            new ClusterSweep(OPTIONS.withKRange(7, 8))
                .run("raw", "v", ClusterSweepTest.ids(points.length), points));
    assertThat(chosen.getK()).isEqualTo(8);
    assertThat(chosen.getReason()).endsWith("; a wider range in cluster.k may find more");
  }

  @Test
  void clustersKeepTheirStabilitiesUnderOtherNumbers() {
    double[][] points = gaussians(3, 60, 0.8, 4);
    List<String> ids = ClusterSweepTest.ids(points.length);
    Clustering found =
        new ClusterSweep(OPTIONS.withKRange(3, 3)).run("raw", "v", ids, points).get(0);
    int[] labels = ClusterSweepTest.labels(found);
    int[] turned = Arrays.stream(labels).map(label -> (label + 1) % 3).toArray();
    Clustering before = Clustering.newBuilder(found).setLabels(PackedDoubles.ints(turned)).build();
    double[] stabilities = PackedDoubles.doubles(found.getClusterStabilities());
    assertThat(stabilities).doesNotHaveDuplicates();
    assertThat(
            PackedDoubles.doubles(
                ClusterCorrespondence.continued(before, found).getClusterStabilities()))
        .containsExactly(stabilities[2], stabilities[0], stabilities[1]);
  }

  @Test
  void withoutRefitsThereAreNoStabilities() {
    Clustering found =
        new ClusterSweep(OPTIONS.withKRange(2, 2).withStabilityRefits(0))
            .run("raw", "v", ClusterSweepTest.ids(4), new double[][] {{0}, {1}, {8}, {9}})
            .get(0);
    assertThat(found.getStability()).isNull();
    assertThat(found.getClusterStabilities().remaining()).isZero();
    assertThat(found.getSweep().getLeastClusterStability()).isNull();
  }

  private static List<Clustering> sweep(double[][] points) {
    return new ClusterSweep(OPTIONS).run("raw", "v", ClusterSweepTest.ids(points.length), points);
  }

  private static Clustering chosen(List<Clustering> swept) {
    return swept.stream().filter(Clustering::getChosen).findFirst().orElseThrow();
  }

  private static double[][] gaussians(int clusters, int size, double spread, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] centres = new double[clusters][8];
    for (double[] centre : centres) {
      for (int d = 0; d < centre.length; d++) {
        centre[d] = spread * random.nextGaussian();
      }
    }
    double[][] points = new double[clusters * size][8];
    for (int i = 0; i < points.length; i++) {
      for (int d = 0; d < 8; d++) {
        points[i][d] = centres[i / size][d] + random.nextGaussian();
      }
    }
    return points;
  }
}
