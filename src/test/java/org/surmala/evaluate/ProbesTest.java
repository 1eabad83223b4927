package org.surmala.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surmala.schema.Probe;

final class ProbesTest {
  /** The label is plain in a weak dimension, hidden from neighbours by strong ones. */
  @Test
  void aLabelCanBeReadOffThatNeighboursDoNotShow() {
    SplittableRandom random = new SplittableRandom(2);
    int n = 300;
    double[][] points = new double[n][11];
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      points[i][0] = (i % 2) * 0.1 + 0.01 * random.nextGaussian();
      for (int d = 1; d < 11; d++) {
        points[i][d] = 10 * random.nextGaussian();
      }
      labels.add(i % 2 == 0 ? "a" : "b");
    }
    int[] alone = IntStream.range(0, n).toArray();
    Probe probe = Probes.of("vae", "v1", points, labels, alone, 3);
    assertThat(probe.getLogistic()).isGreaterThan(0.97);
    assertThat(probe.getNearestNeighbours()).isBetween(0.4, 0.6);
    assertThat(probe.getChance()).isEqualTo(0.5);
    assertThat(Probes.of("vae", "v1", points, labels, alone, 3)).isEqualTo(probe);
  }

  @Test
  void labelsThatMeanNothingAreNotRead() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] points = new double[300][8];
    List<String> labels = new ArrayList<>();
    for (double[] point : points) {
      java.util.Arrays.setAll(point, d -> random.nextGaussian());
      labels.add("label " + random.nextInt(3));
    }
    Probe probe = Probes.of("vae", "v1", points, labels, IntStream.range(0, 300).toArray(), 3);
    assertThat(probe.getLogistic()).isBetween(0.23, 0.44);
    assertThat(probe.getNearestNeighbours()).isBetween(0.23, 0.44);
  }

  /** Each song twice: neighbours would be perfect if copies were let in. */
  @Test
  void copiesDoNotCount() {
    SplittableRandom random = new SplittableRandom(6);
    int n = 200;
    double[][] points = new double[n][6];
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < n; i += 2) {
      for (int d = 0; d < 6; d++) {
        points[i][d] = random.nextGaussian();
        points[i + 1][d] = points[i][d] + 1e-3 * random.nextGaussian();
      }
      String label = "label " + random.nextInt(2);
      labels.add(label);
      labels.add(label);
    }
    int[] groups = IntStream.range(0, n).map(i -> i / 2).toArray();
    Probe honest = Probes.of("raw", "v1", points, labels, groups, 1);
    Probe fooled = Probes.of("raw", "v1", points, labels, IntStream.range(0, n).toArray(), 1);
    assertThat(honest.getNearestNeighbours()).isBetween(0.35, 0.65);
    assertThat(fooled.getNearestNeighbours()).isGreaterThan(honest.getNearestNeighbours());
  }

  /** All songs of a label by one artist: no split could test another artist's. */
  @Test
  void labelsOfOneGroupGiveNothing() {
    SplittableRandom random = new SplittableRandom(7);
    double[][] points = new double[40][3];
    for (double[] point : points) {
      java.util.Arrays.setAll(point, d -> random.nextGaussian());
    }
    int[] groups = IntStream.range(0, 40).map(i -> i % 2).toArray();
    List<String> labels = IntStream.of(groups).mapToObj(group -> "label " + group).toList();

    Probe probe = Probes.of("raw", "v1", points, labels, groups, 1);

    assertThat(probe.getLogistic()).isNull();
    assertThat(probe.getNearestNeighbours()).isNull();
  }

  @Test
  void songsOfTwoTightClustersAreNoCopies() {
    SplittableRandom random = new SplittableRandom(8);
    double[][] points = new double[20][4];
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int centre = i % 2 * 50;
      java.util.Arrays.setAll(points[i], d -> centre + random.nextGaussian());
      ids.add(String.format("%02d", i));
    }

    assertThat(NearDuplicates.among(ids, points, List.of()).groups()).doesNotHaveDuplicates();
  }

  @Test
  void tooFewLabelsGiveNothing() {
    Probe probe =
        Probes.of(
            "raw", "v1", new double[6][2], List.of("a", "a", "a", "a", "a", "b"), new int[6], 1);
    assertThat(probe.getLogistic()).isNull();
    assertThat(probe.getNearestNeighbours()).isNull();
  }

  @Test
  void nearDuplicatesAreFoundAndGrouped() {
    SplittableRandom random = new SplittableRandom(9);
    double[][] points = new double[60][5];
    for (double[] point : points) {
      java.util.Arrays.setAll(point, d -> random.nextGaussian());
    }
    points[40] = points[3].clone();
    points[40][0] += 0.01;
    points[50] = points[40].clone();
    points[50][1] += 0.05;
    List<String> ids = ClusteringEvaluatorTest.ids(60);
    NearDuplicates.Vectors whole = new NearDuplicates.Vectors(points, 0.25);
    NearDuplicates.Found found = NearDuplicates.find(ids, List.of(whole));
    assertThat(found.pairs())
        .extracting(pair -> pair.getFirst() + " " + pair.getSecond())
        .containsExactly("00003 00040", "00040 00050", "00003 00050");
    int[] groups = found.groups();
    assertThat(groups[40]).isEqualTo(3);
    assertThat(groups[50]).isEqualTo(3);
    assertThat(groups[4]).isEqualTo(4);
    // A second table in which they are far apart.
    double[][] fingerprints = new double[60][5];
    for (double[] point : fingerprints) {
      java.util.Arrays.setAll(point, d -> random.nextGaussian());
    }
    NearDuplicates.Vectors other = new NearDuplicates.Vectors(fingerprints, 0.25);
    assertThat(NearDuplicates.find(ids, List.of(whole, other)).pairs()).isEmpty();
    assertThatThrownBy(() -> NearDuplicates.find(ids, List.of()))
        .hasMessageContaining("there is none");
    assertThatThrownBy(() -> new NearDuplicates.Vectors(points, 0))
        .hasMessageContaining("share is 0.0");
  }

  /** The nearest song is then a copy for most: how far songs lie apart must not follow from it. */
  @Test
  void aCopyOfEverySongIsFoundForEverySong() {
    SplittableRandom random = new SplittableRandom(4);
    int n = 120;
    double[][] points = new double[2 * n][20];
    for (int i = 0; i < n; i++) {
      for (int d = 0; d < 20; d++) {
        points[i][d] = random.nextGaussian();
        points[i + n][d] = points[i][d] + (i % 5) * 0.02 * random.nextGaussian();
      }
    }
    int[] groups =
        NearDuplicates.among(ClusteringEvaluatorTest.ids(2 * n), points, List.of()).groups();
    for (int i = 0; i < n; i++) {
      assertThat(groups[i]).isEqualTo(i);
      assertThat(groups[i + n]).isEqualTo(i);
    }
  }

  /** Seven encodings of each song: the fifth nearest of each is a copy. */
  @Test
  void severalCopiesOfEverySongAreOneGroup() {
    SplittableRandom random = new SplittableRandom(4);
    int n = 40;
    double[][] points = new double[7 * n][20];
    for (int i = 0; i < points.length; i++) {
      for (int d = 0; d < 20; d++) {
        points[i][d] =
            i < n ? random.nextGaussian() : points[i % n][d] + 0.05 * random.nextGaussian();
      }
    }

    NearDuplicates.Found found =
        NearDuplicates.among(ClusteringEvaluatorTest.ids(7 * n), points, List.of());

    assertThat(found.pairs()).hasSize(n * 7 * 6 / 2);
    for (int i = 0; i < points.length; i++) {
      assertThat(found.groups()[i]).isEqualTo(i % n);
    }
  }

  /** Every pair counts: one group, and a list that grows with the songs, not with their square. */
  @Test
  void songsThatAreAllTheSameAreOneGroup() {
    int n = 700;
    List<String> ids = ClusteringEvaluatorTest.ids(n);
    NearDuplicates.Found found =
        NearDuplicates.find(ids, List.of(new NearDuplicates.Vectors(new double[n][3], 0.25)));
    assertThat(found.groups()).containsOnly(0);
    assertThat(found.pairs()).hasSizeLessThanOrEqualTo(10 * n);
  }
}
