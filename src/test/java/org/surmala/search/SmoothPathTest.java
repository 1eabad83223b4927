package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SmoothPathTest {
  /** Songs at each degree of a half circle, and one in its middle, far from all. */
  private static EmbeddingIndex halfCircle() {
    double[][] places = new double[182][];
    for (int degree = 0; degree <= 180; degree++) {
      double angle = Math.toRadians(degree);
      places[degree] = new double[] {Math.cos(angle), Math.sin(angle)};
    }
    places[181] = new double[] {0, 0};
    return EmbeddingIndex.of(places);
  }

  private static List<Integer> path(EmbeddingIndex places, int from, int to, int count) {
    KnownSong song = new KnownSong("id", "p", "t", null, "A", "a", 0, null, null, null, null, 60);
    List<KnownSong> songs = Collections.nCopies(places.size(), song);
    int[] versions = IntStream.range(0, places.size()).toArray();
    double[] costs = DoubleStream.generate(() -> 1).limit(places.size()).toArray();
    return SmoothPath.between(
            places, from, to, any -> true, costs, () -> new SongQuota(songs, versions, 0, 0))
        .songs(count);
  }

  private static double largestHop(EmbeddingIndex places, List<Integer> way) {
    return IntStream.range(1, way.size())
        .mapToDouble(i -> places.distances(places.of(way.get(i - 1)))[way.get(i)])
        .max()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10, 25, 60, 181})
  void givenSongsAlongACurve_whenAWayIsAsked_thenItFollowsTheCurveInEqualSteps(int count) {
    EmbeddingIndex places = halfCircle();

    List<Integer> way = path(places, 0, 180, count);

    assertThat(way).hasSize(count).startsWith(0).endsWith(180).isSorted().doesNotHaveDuplicates();
    // A chord over a step of so many degrees; a step is at most one degree longer than the mean.
    double degrees = Math.ceil(180.0 / (count - 1)) + (count == 2 ? 0 : 1);
    assertThat(largestHop(places, way))
        .isLessThan(2 * Math.sin(Math.toRadians(degrees / 2)) + 1e-9);
  }

  @Test
  void givenMoreSongsAskedThanThereAre_whenAWayIsAsked_thenItHasAll() {
    List<Integer> way = path(halfCircle(), 0, 180, 1_000);

    assertThat(way).hasSize(182).startsWith(0).endsWith(180).doesNotHaveDuplicates();
  }

  /**
   * By hand: the squares of the hops over (1, 0) and (2, ½) sum to 1 + 1¼ + 4¼. The song at (3, 3)
   * adds 13 + 7¼ − 1¼ between these two, but only 7¼ + 10 − 4¼ after the second.
   */
  @Test
  void givenAPathThatIsTooShort_whenFilled_thenItGrowsByTheLeast() {
    EmbeddingIndex places =
        EmbeddingIndex.of(new double[][] {{0, 0}, {4, 0}, {1, 0}, {2, 0.5}, {3, 3}, {9, 9}});

    assertThat(path(places, 0, 1, 4)).containsExactly(0, 2, 3, 1);
    assertThat(path(places, 0, 1, 5)).containsExactly(0, 2, 3, 4, 1);
  }

  @Test
  void givenTwoGroupsFarApart_whenAWayIsAsked_thenItCrossesOnce() {
    Random random = new Random(3);
    double[][] rows =
        IntStream.range(0, 80)
            .mapToObj(i -> new double[] {(i < 40 ? 0 : 100) + random.nextDouble(), i % 7})
            .toArray(double[][]::new);

    List<Integer> way = path(EmbeddingIndex.of(rows), 1, 79, 20);

    assertThat(way).startsWith(1).endsWith(79).doesNotHaveDuplicates();
    List<Boolean> sides = way.stream().map(song -> song < 40).toList();
    assertThat(sides).isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
  }

  @Test
  void givenCopiesOfOneSong_whenAWayIsAsked_thenBothEndsAreKept() {
    EmbeddingIndex places = EmbeddingIndex.of(new double[][] {{1}, {1}, {1}, {1}, {2}});

    assertThat(path(places, 2, 3, 2)).containsExactly(2, 3);
    assertThat(path(places, 2, 4, 9))
        .startsWith(2)
        .endsWith(4)
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void givenOneSongTwice_whenAWayIsAsked_thenItIsRefused() {
    assertThatThrownBy(() -> path(halfCircle(), 3, 3, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two different songs");
  }

  /** The songs of the least detour are enough: an arc of songs far away changes nothing. */
  @Test
  void givenMoreSongsThanAreLookedAt_whenAWayIsAsked_thenThoseBetweenAreTaken() {
    double[][] rows =
        IntStream.range(0, SmoothPath.MOST_SONGS + 1_000)
            .mapToObj(i -> new double[] {i < 50 ? i : 10_000 + i, 0})
            .toArray(double[][]::new);

    assertThat(path(EmbeddingIndex.of(rows), 0, 49, 50))
        .isEqualTo(IntStream.range(0, 50).boxed().toList());
  }

  private static KnownSong by(@Nullable String artist) {
    return new KnownSong("id", "p", "t", artist, "A", "a", 0, null, null, null, null, 60);
  }

  private static List<Integer> path(
      EmbeddingIndex places, double[] costs, List<@Nullable String> artists, int count) {
    List<KnownSong> songs = artists.stream().map(SmoothPathTest::by).toList();
    int[] versions = IntStream.range(0, places.size()).toArray();
    return SmoothPath.between(
            places, 0, 1, song -> true, costs, () -> new SongQuota(songs, versions, 1, 0))
        .songs(count);
  }

  /** The straight way over songs 2 and 3, of one artist, and a detour around each. */
  @Test
  void givenOneArtistTwiceOnTheWay_whenAWayIsAsked_thenItGoesAround() {
    EmbeddingIndex places =
        EmbeddingIndex.of(new double[][] {{0, 0}, {3, 0}, {1, 0}, {2, 0}, {1, 0.2}, {2, 0.3}});

    assertThat(
            path(
                places, new double[] {1, 1, 1, 1, 1, 1}, List.of("a", "b", "X", "x ", "c", "d"), 4))
        .startsWith(0)
        .endsWith(1)
        .hasSize(4)
        .doesNotContain(3); // 2 comes first
    assertThat(
            path(
                places, new double[] {1, 1, 9, 1, 1, 1}, List.of("a", "b", "X", "x ", "c", "d"), 4))
        .as("a song of high cost is passed by")
        .startsWith(0)
        .endsWith(1)
        .doesNotContain(2)
        .contains(3);
  }

  @Test
  void givenTheEndsOfOneArtistAndNobodyElse_whenAWayIsAsked_thenItHasTheEndsOnly() {
    EmbeddingIndex places = EmbeddingIndex.of(new double[][] {{0, 0}, {3, 0}, {1, 0}, {2, 0}});

    assertThat(path(places, new double[] {1, 1, 1, 1}, List.of("a", "a", "a", "a"), 4))
        .containsExactly(0, 1);
  }
}
