package org.surmala.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.surmala.golden.ClusteringCase;
import org.surmala.metric.ExternalIndices;
import org.surmala.metric.Silhouette;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.words.Noun;

final class ClusterSweepTest {
  private static final ClusterOptions QUICK =
      ClusterOptions.DEFAULTS.withRestarts(3).withStabilityRefits(2).withSeed(4);

  @Test
  void choosesThePlantedNumberOfClusters() {
    ClusteringCase golden = new ClusteringCase("blobs");
    List<Clustering> clusterings =
        new ClusterSweep(QUICK.withKRange(2, 6)).run("raw", "v1", ids(300), golden.points());
    assertThat(clusterings)
        .extracting(c -> c.getClusterer() + " " + c.getK() + " " + c.getChosen())
        .containsExactly(
            "kmeans 2 false",
            "kmeans 3 false",
            "kmeans 4 true",
            "kmeans 5 false",
            "kmeans 6 false",
            "ward 2 false",
            "ward 3 false",
            "ward 4 true",
            "ward 5 false",
            "ward 6 false");
    for (Clustering chosen : clusterings.stream().filter(Clustering::getChosen).toList()) {
      assertThat(chosen.getReason())
          .isEqualTo(
              "the largest k whose clusters are all stable in refits: the least stable one has a"
                  + " mean Jaccard index of 1.000, of k = 2 to 6");
      assertThat(ExternalIndices.of(golden.labels("truth"), labels(chosen)).adjustedRand())
          .isEqualTo(1);
      assertThat(chosen.getStability()).isEqualTo(1);
      assertThat(chosen.getSweep().getSilhouette())
          .isEqualTo(golden.json().get("ward").get("silhouette").asDouble(), within(1e-9));
      assertThat(chosen.getFitted()).isNotNull();
    }
    assertThat(clusterings.get(2).getMerges()).isEmpty();
    assertThat(clusterings.get(7).getMerges()).hasSize(299);
    assertThat(clusterings.get(0).getFitted()).isNull();
  }

  @Test
  void numbersClustersBySizeAndMeasuresDistances() {
    double[][] points = {{0, 0}, {10, 0}, {10, 2}, {10, 4}};
    Clustering clustering =
        new ClusterSweep(QUICK.withKRange(2, 2).withAlgorithms(ClusterAlgorithm.KMEANS))
            .run("raw", "v1", ids(4), points)
            .get(0);
    assertThat(labels(clustering)).containsExactly(1, 0, 0, 0);
    assertThat(PackedDoubles.doubles(clustering.getCentroids())).containsExactly(10, 2, 0, 0);
    assertThat(PackedDoubles.doubles(clustering.getDistances())).containsExactly(0, 2, 0, 2);
    assertThat(PackedDoubles.doubles(clustering.getNovelties())).containsExactly(0, 0.5, 0, 0.5);
    assertThat(clustering.getReason()).isEqualTo("k was given");
  }

  /** On four round blobs every criterion should agree; Ward stands for the hierarchical ones. */
  @ParameterizedTest
  @EnumSource(Criterion.class)
  void everyCriterionFindsThePlantedNumber(Criterion criterion) {
    double[][] points = new ClusteringCase("blobs").points();
    for (ClusterAlgorithm algorithm : List.of(ClusterAlgorithm.KMEANS, ClusterAlgorithm.WARD)) {
      List<Clustering> found =
          new ClusterSweep(
                  QUICK.withKRange(2, 7).withCriterion(criterion).withAlgorithms(algorithm))
              .run("raw", "v1", ids(300), points);
      assertThat(found.stream().filter(Clustering::getChosen).map(Clustering::getK))
          .as("%s by %s", algorithm, criterion)
          .containsExactly(4);
    }
  }

  @Test
  void aHierarchyIsCutAtFurtherLevels() {
    List<Clustering> found =
        new ClusterSweep(
                QUICK
                    .withKRange(2, 3)
                    .withLevels(List.of(3, 20, 50))
                    .withAlgorithms(ClusterAlgorithm.WARD, ClusterAlgorithm.KMEANS))
            .run("raw", "v1", ids(300), new ClusteringCase("blobs").points());
    assertThat(found)
        .extracting(c -> c.getClusterer() + " " + c.getK())
        .containsExactly("ward 2", "ward 3", "ward 20", "ward 50", "kmeans 2", "kmeans 3");
    int[] coarse = labels(found.get(2));
    int[] fine = labels(found.get(3));
    assertThat(ExternalIndices.of(coarse, fine).purity()).isEqualTo(1, within(1e-12));
    assertThat(found.get(2).getReason()).isEqualTo("a level of the hierarchy that was asked for");
  }

  @Test
  void clusterersThatFindKSaySo() {
    List<Clustering> found =
        new ClusterSweep(
                QUICK.withAlgorithms(ClusterAlgorithm.DBSCAN).withEpsilon(2.559040794348781))
            .run("raw", "v1", ids(300), new ClusteringCase("blobs").points());
    assertThat(found).hasSize(1);
    assertThat(found.get(0).getK()).isEqualTo(5);
    assertThat(found.get(0).getChosen()).isTrue();
    assertThat(found.get(0).getReason())
        .isEqualTo("dbscan found 5 clusters and 39 songs of noise at a radius of 2.559");
  }

  /** A song of the collection, asked about as if it were new, is where it is. */
  @ParameterizedTest
  @EnumSource(
      value = ClusterAlgorithm.class,
      names = {"KMEANS", "GMM", "GMM_DIAGONAL", "SPECTRAL", "WARD"})
  void assignsKnownSongsToTheirClusters(ClusterAlgorithm algorithm) throws Exception {
    double[][] points = new ClusteringCase("blobs").points();
    Clustering chosen =
        new ClusterSweep(QUICK.withKRange(4, 4).withAlgorithms(algorithm))
            .run("raw", "v1", ids(300), points)
            .get(0);
    // By way of its bytes, as a checkpoint has it.
    Clustering loaded = Clustering.fromByteBuffer(chosen.toByteBuffer());
    Assigner assigner = Assigner.of(loaded);
    int[] labels = labels(chosen);
    double[] distances = PackedDoubles.doubles(chosen.getDistances());
    double[] novelties = PackedDoubles.doubles(chosen.getNovelties());
    for (int i = 0; i < 300; i++) {
      ClusterAssignment assignment = assigner.assign("x", points[i]);
      assertThat(assignment.getCluster()).isEqualTo(labels[i]);
      assertThat(assignment.getDistance()).isEqualTo(distances[i]);
      assertThat(assignment.getNovelty()).isEqualTo(novelties[i]);
    }
    double[] far = new double[8];
    java.util.Arrays.fill(far, 1e6);
    assertThat(assigner.assign("far", far).getNovelty()).isEqualTo(1);
    assertThatThrownBy(() -> assigner.assign("x", new double[3]))
        .hasMessageContaining("has 3 dimensions, the clustering 8; embed it by model v1");
  }

  @Test
  void onlyTheChosenClusteringAssigns() {
    List<Clustering> found =
        new ClusterSweep(QUICK.withKRange(2, 3).withAlgorithms(ClusterAlgorithm.WARD))
            .run("raw", "v1", ids(4), new double[][] {{0}, {1}, {8}, {9}});
    assertThatThrownBy(() -> Assigner.of(found.get(1)))
        .hasMessageContaining("ward with k = 3 is not chosen");
  }

  @Test
  void kIsCappedBelowTheNumberOfSongs() {
    double[][] points = {{0}, {1}, {8}, {9}};
    List<Clustering> range =
        new ClusterSweep(
                QUICK.withAlgorithms(ClusterAlgorithm.WARD).withCriterion(Criterion.SILHOUETTE))
            .run("raw", "v1", ids(4), points);
    assertThat(range).extracting(Clustering::getK).containsExactly(2, 3);
    assertThat(range.get(0).getReason())
        .isEqualTo(
            "the highest mean silhouette, 0.875, of k = 2 to 3; k was limited to 3, because there"
                + " are 4 songs");
    List<Clustering> given =
        new ClusterSweep(QUICK.withKRange(8, 8).withAlgorithms(ClusterAlgorithm.KMEANS))
            .run("raw", "v1", ids(4), points);
    assertThat(given).extracting(Clustering::getK).containsExactly(3);
    assertThat(given.get(0).getReason())
        .isEqualTo("k was given; k was limited to 3, because there are 4 songs");
  }

  @Test
  void fewerThanThreeSongsAreNotClustered() {
    assertThat(new ClusterSweep(QUICK).run("raw", "v1", ids(2), new double[][] {{0}, {1}}))
        .isEmpty();
    assertThat(new ClusterSweep(QUICK).run("raw", "v1", List.of(), new double[0][])).isEmpty();
  }

  @Test
  void songsThatAllCoincideAreOneCluster() {
    double[][] points = new double[6][2];
    List<Clustering> found =
        new ClusterSweep(QUICK.withKRange(3, 3).withAlgorithms(ClusterAlgorithm.KMEANS))
            .run("raw", "v1", ids(6), points);
    assertThat(found).extracting(Clustering::getK).containsExactly(1);
    assertThat(labels(found.get(0))).containsExactly(0, 0, 0, 0, 0, 0);
    assertThat(found.get(0).getSweep().getSilhouette()).isNull();
  }

  @Test
  void doesNotChooseOneBigClusterWithAnOutlier() {
    // k = 2 cuts off the outlier alone and has the highest silhouette.
    double[][] points = new double[101][2];
    java.util.SplittableRandom random = new java.util.SplittableRandom(2);
    for (int i = 0; i < 100; i++) {
      points[i][0] = (i % 2) * 4 + random.nextGaussian();
      points[i][1] = random.nextGaussian();
    }
    points[100] = new double[] {500, 0};
    List<Clustering> found =
        new ClusterSweep(QUICK.withKRange(2, 4).withAlgorithms(ClusterAlgorithm.WARD))
            .run("raw", "v1", ids(101), points);
    assertThat(Silhouette.mean(points, labels(found.get(0))))
        .isGreaterThan(Silhouette.mean(points, labels(found.get(1))));
    assertThat(found).extracting(Clustering::getChosen).containsExactly(false, true, false);
  }

  @Test
  void doesNotDependOnThreads() throws Exception {
    double[][] points = new ClusteringCase("overlap").points();
    ClusterSweep sweep = new ClusterSweep(QUICK.withKRange(2, 5));
    List<Clustering> one =
        new ForkJoinPool(1).submit(() -> sweep.run("raw", "v1", ids(500), points)).get();
    List<Clustering> four =
        new ForkJoinPool(4).submit(() -> sweep.run("raw", "v1", ids(500), points)).get();
    assertThat(four).isEqualTo(one);
  }

  @Test
  void refusesWhatIsNotASetOfSongs() {
    ClusterSweep sweep = new ClusterSweep(QUICK);
    assertThatThrownBy(() -> sweep.run("raw", "v1", List.of("b", "a"), new double[2][1]))
        .hasMessageContaining("song a follows b");
    assertThatThrownBy(() -> sweep.run("raw", "v1", ids(3), new double[2][1]))
        .hasMessageContaining("3 ids, but 2 points");
    assertThatThrownBy(() -> sweep.run("raw", "v1", ids(1), new double[][] {{Double.NaN}}))
        .hasMessageContaining("has a coordinate of NaN");
  }

  @Test
  void optionsSayWhatIsWrong() {
    assertThatThrownBy(() -> ClusterOptions.DEFAULTS.withKRange(1, 1))
        .hasMessage("cluster.k is 1; it must be 2 or more");
    assertThatThrownBy(() -> ClusterOptions.DEFAULTS.withKRange(5, 3))
        .hasMessage("cluster.k goes from 5 to 3; the end must not be below the start");
    assertThatThrownBy(() -> ClusterOptions.DEFAULTS.withAlgorithms())
        .hasMessageContaining("cluster.algorithms is empty");
    assertThatThrownBy(() -> ClusterAlgorithm.of("k-means"))
        .hasMessageContaining("has 'k-means'; the clusterers are kmeans, ward, average");
    assertThatThrownBy(() -> Criterion.of("elbow"))
        .hasMessageContaining("is 'elbow'; the criteria are silhouette, davies_bouldin");
    assertThatThrownBy(() -> ClusterOptions.DEFAULTS.withEpsilon(-1))
        .hasMessage("cluster.epsilon is -1.0; it must be 0 (automatic) or a distance");
    assertThatThrownBy(() -> ClusterOptions.DEFAULTS.withStabilityRefits(0))
        .hasMessage(
            "cluster.stability_refits is 0, and cluster.k is a range to choose from by stability;"
                + " it must be 1 or more, or cluster.criterion another");
    assertThatThrownBy(
            () -> ClusterOptions.DEFAULTS.withGapReferences(0).withCriterion(Criterion.GAP))
        .hasMessage("cluster.gap_references is 0; it must be 1 or more");
    assertThat(
            ClusterOptions.DEFAULTS
                .withAlgorithms(ClusterAlgorithm.DBSCAN)
                .withLevels(List.of(5))
                .withEpsilon(2)
                .withMinPoints(3)
                .withMinClusterSize(4)
                .withBlocks(9)
                .withGroups(new GroupOptions("raw", "ward", 5, 10))
                .withNoun(Noun.ROW))
        .isEqualTo(
            new ClusterOptions(
                List.of(ClusterAlgorithm.DBSCAN),
                2,
                10,
                List.of(5),
                Criterion.STABILITY,
                5,
                300,
                10,
                3,
                2_000,
                2,
                3,
                4,
                9,
                new GroupOptions("raw", "ward", 5, 10),
                1,
                Noun.ROW));
  }

  static List<String> ids(int count) {
    return new ArrayList<>(
        IntStream.range(0, count).mapToObj(i -> String.format("%05d", i)).toList());
  }

  static int[] labels(Clustering clustering) {
    int[] labels = new int[clustering.getIds().size()];
    clustering.getLabels().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(labels);
    return labels;
  }
}
