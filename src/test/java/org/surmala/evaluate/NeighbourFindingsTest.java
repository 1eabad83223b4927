package org.surmala.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surmala.schema.NeighbourFigures;

final class NeighbourFindingsTest {
  private static final EvaluateOptions OPTIONS = EvaluateOptionsOf.draws("test", 50, 999);

  @Test
  void givenGroupsAndValues_whenLinked_thenWhatIsLinkedThroughOthersIsOneGroup() {
    List<@Nullable String> artists = Arrays.asList("a", null, "a", "b", null, "b");

    // 1 and 2 are copies, so 1 joins the songs of artist a.
    assertThat(NeighbourFindings.linked(new int[] {0, 1, 1, 3, 4, 5}, artists))
        .containsExactly(0, 0, 0, 3, 4, 3);
  }

  /** Each artist has a corner and a label of its own by chance: only its songs are near. */
  @Test
  void givenArtistsThatAreTheLabels_whenTheyAreLeftOut_thenLittleIsLeft() {
    Random random = new Random(8);
    int artists = 30;
    int songs = 5 * artists;
    double[][] corners = new double[artists][8];
    for (double[] corner : corners) {
      Arrays.setAll(corner, d -> 10 * random.nextGaussian());
    }
    double[][] points =
        IntStream.range(0, songs)
            .mapToObj(
                i -> Arrays.stream(corners[i / 5]).map(x -> x + random.nextGaussian()).toArray())
            .toArray(double[][]::new);
    List<@Nullable String> labels =
        IntStream.range(0, songs).<@Nullable String>mapToObj(i -> "label " + i / 5 % 3).toList();
    List<@Nullable String> names =
        IntStream.range(0, songs).<@Nullable String>mapToObj(i -> "artist " + i / 5).toList();
    int[] alone = IntStream.range(0, songs).toArray();

    List<NeighbourFigures> figures =
        NeighbourFindings.of(
            OPTIONS, "raw", "1", points, new double[songs][0], labels, alone, names);

    assertThat(figures)
        .extracting(f -> f.getDistance() + " " + f.getLeavesOut())
        .containsExactly(
            "euclidean near_duplicates",
            "euclidean artist",
            "mutual_proximity near_duplicates",
            "mutual_proximity artist");
    assertThat(figures.get(0).getPrecisionAt1().getValue()).isGreaterThan(0.95);
    assertThat(figures.get(1).getPrecisionAt1().getValue()).isBetween(0.1, 0.6);
    assertThat(figures.get(1).getPrecisionAt1().getLow())
        .isLessThan(figures.get(1).getPrecisionAt1().getValue());
  }

  @Test
  void givenNoLabelsAndNoArtists_whenScored_thenHubsAreStillCounted() {
    Random random = new Random(9);
    double[][] points = new double[100][50];
    for (double[] point : points) {
      Arrays.setAll(point, d -> random.nextGaussian());
    }
    List<@Nullable String> none = Collections.nCopies(100, null);

    List<NeighbourFigures> figures =
        NeighbourFindings.of(
            EvaluateOptionsOf.with("test", 50, 999, 20_000, 5_000, Map.of(), List.of(), "album"),
            "raw",
            "1",
            points,
            new double[100][0],
            none,
            IntStream.range(0, 100).toArray(),
            none);

    assertThat(figures).extracting(NeighbourFigures::getLeavesOut).containsOnly("album");
    assertThat(figures.get(0).getPrecisionAt1().getValue()).isNull();
    assertThat(figures.get(0).getHubness().getValue())
        .isGreaterThan(figures.get(1).getHubness().getValue());
  }

  /** Labels that the directions tell and the embeddings do not. */
  @Test
  void givenDirections_whenScored_thenBothSpacesTogetherAreARowOfTheirOwn() {
    Random random = new Random(4);
    int songs = 90;
    double[][] points = new double[songs][3];
    double[][] directions = new double[songs][3];
    for (int song = 0; song < songs; song++) {
      Arrays.setAll(points[song], d -> random.nextGaussian());
      int label = song % 3;
      Arrays.setAll(directions[song], d -> (d == label ? 9 : 0) + random.nextGaussian());
    }
    List<@Nullable String> labels =
        IntStream.range(0, songs).<@Nullable String>mapToObj(i -> "label " + i % 3).toList();

    List<NeighbourFigures> figures =
        NeighbourFindings.of(
            OPTIONS,
            "neighbour_vae",
            "1",
            points,
            directions,
            labels,
            IntStream.range(0, songs).toArray(),
            Collections.nCopies(songs, null));

    assertThat(figures)
        .extracting(NeighbourFigures::getDistance)
        .containsExactly("euclidean", "mutual_proximity", "mutual_proximity_and_directions");
    assertThat(figures.get(1).getPrecisionAt10().getValue()).isLessThan(0.5);
    assertThat(figures.get(2).getPrecisionAt10().getValue()).isGreaterThan(0.8);
  }
}
