package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NeighbourScoresTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/neighbours");

  private static List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(GOLDEN.resolve(file)).stream()
        .skip(1)
        .map(line -> line.split(","))
        .toList();
  }

  private static double[][] gaussian(int songs, int dimensions) {
    Random random = new Random(3);
    double[][] points = new double[songs][dimensions];
    for (double[] point : points) {
      Arrays.setAll(point, d -> random.nextGaussian());
    }
    return points;
  }

  private static int[] alone(int songs) {
    return IntStream.range(0, songs).toArray();
  }

  /** golden/neighbours/make.py, NumPy 1.24. */
  @Test
  void givenSongs_whenScored_thenTheValuesAreThoseOfTheDefinitions() throws IOException {
    List<String[]> songs = rows("songs.csv");
    int[] labels = songs.stream().mapToInt(row -> Integer.parseInt(row[0])).toArray();
    int[] groups = songs.stream().mapToInt(row -> Integer.parseInt(row[1])).toArray();
    double[][] points =
        songs.stream()
            .map(row -> Arrays.stream(row).skip(2).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    for (String[] expected : rows("expected.csv")) {
      DistanceRows distances =
          expected[0].equals("euclidean")
              ? DistanceRows.euclidean(points)
              : MutualProximity.rows(points);

      NeighbourScores scores = NeighbourScores.of(distances, labels, groups, 200, 1);

      double[] found = {
        scores.chance(),
        scores.precisionAt1().value(),
        scores.precisionAt5().value(),
        scores.precisionAt10().value(),
        scores.meanAveragePrecision().value(),
        scores.hubness().value(),
        scores.antiHubs().value()
      };
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i])
            .as(expected[0] + " " + i)
            .isEqualTo(Double.parseDouble(expected[i + 1]), within(1e-9));
      }
      assertThat(scores.precisionAt10().interval().low()).isLessThan(found[3]);
      assertThat(scores.precisionAt10().interval().high()).isGreaterThan(found[3]);
    }
  }

  @Test
  void givenFewDimensions_whenScored_thenThereAreNoHubsAndInManyThereAre() {
    int n = 1_000;
    NeighbourScores plane =
        NeighbourScores.of(DistanceRows.euclidean(gaussian(n, 2)), new int[n], alone(n), 0, 1);
    NeighbourScores many =
        NeighbourScores.of(DistanceRows.euclidean(gaussian(n, 100)), new int[n], alone(n), 0, 1);
    NeighbourScores mutual =
        NeighbourScores.of(MutualProximity.rows(gaussian(n, 100)), new int[n], alone(n), 0, 1);

    assertThat(plane.hubness().value()).isBetween(-0.5, 0.5);
    assertThat(many.hubness().value()).isGreaterThan(2);
    assertThat(mutual.hubness().value()).isLessThan(many.hubness().value() / 2);
    assertThat(mutual.antiHubs().value()).isLessThan(many.antiHubs().value() / 2);
  }

  @Test
  void givenPermutedSongs_whenScored_thenNothingChanges() {
    int n = 200;
    double[][] points = gaussian(n, 5);
    int[] labels = IntStream.range(0, n).map(i -> points[i][0] > 0 ? 1 : 0).toArray();
    int[] order = alone(n);
    Bootstrap.shuffle(order, Bootstrap.generator(7, 0));

    NeighbourScores before =
        NeighbourScores.of(DistanceRows.euclidean(points), labels, alone(n), 0, 1);
    NeighbourScores after =
        NeighbourScores.of(
            DistanceRows.euclidean(
                Arrays.stream(order).mapToObj(i -> points[i]).toArray(double[][]::new)),
            Arrays.stream(order).map(i -> labels[i]).toArray(),
            alone(n),
            0,
            1);

    assertThat(after.precisionAt10().value())
        .isEqualTo(before.precisionAt10().value(), within(1e-12));
    assertThat(after.meanAveragePrecision().value())
        .isEqualTo(before.meanAveragePrecision().value(), within(1e-12));
    assertThat(after.hubness().value()).isEqualTo(before.hubness().value(), within(1e-12));
  }

  /** By hand: songs at 0, 1, 3, 6 with labels a, b, a, b; the first two are one group. */
  @Test
  void givenAGroup_whenScored_thenItsSongsAnswerOneAnotherNever() {
    double[][] points = {{0}, {1}, {3}, {6}};
    NeighbourScores scores =
        NeighbourScores.of(
            DistanceRows.euclidean(points), new int[] {0, 1, 0, 1}, new int[] {0, 0, 2, 3}, 0, 1);

    // Answers: 0 → 3a 6b; 1 → 3a 6b; 3 → 1b 0a 6b (1 at 2, 0 and 6 at 3); 6 → 3a 1b 0a.
    assertThat(scores.precisionAt1().value()).isEqualTo(0.25);
    assertThat(scores.meanAveragePrecision().value()).isEqualTo((1 + 0.5 + 0.5 + 0.5) / 4);
    assertThat(scores.chance()).isEqualTo((0.5 + 0.5 + 1 / 3.0 + 1 / 3.0) / 4, within(1e-12));
  }

  @Test
  void givenALabelOfOneGroup_whenScored_thenItIsNotJudged() {
    NeighbourScores scores =
        NeighbourScores.of(
            DistanceRows.euclidean(new double[][] {{0}, {1}, {2}}),
            new int[] {0, 0, -1},
            new int[] {0, 0, 2},
            10,
            1);

    assertThat(scores.queries()).isEqualTo(3);
    assertThat(scores.judged()).isZero();
    assertThat(scores.precisionAt1().value()).isNaN();
    assertThat(scores.precisionAt1().interval().low()).isNaN();
  }

  @Test
  void givenMoreSongsThanQueries_whenScored_thenEachLabelAsksInProportion() {
    int n = 2 * NeighbourScores.MOST_QUERIES;
    int[] labels = IntStream.range(0, n).map(i -> i % 10 == 0 ? 1 : 0).toArray();
    // Song i is nearest to its own label: every query is right, whichever asks.
    NeighbourScores scores =
        NeighbourScores.of(
            song ->
                IntStream.range(0, n)
                    .mapToDouble(i -> labels[i] == labels[song] ? i : n + i)
                    .toArray(),
            labels,
            alone(n),
            0,
            1);

    assertThat(scores.queries()).isEqualTo(NeighbourScores.MOST_QUERIES);
    assertThat(scores.precisionAt10().value()).isEqualTo(1);
    // A tenth asks for a tenth of the songs, the rest for the rest; without the query itself.
    assertThat(scores.chance())
        .isEqualTo((0.1 * (n / 10 - 1) + 0.9 * (n * 9 / 10 - 1)) / (n - 1), within(1e-9));
  }
}
