package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.dsp.MusicalKey;

final class HarmonicOrderTest {
  private static KnownSong song(@Nullable Double bpm, @Nullable String key) {
    return new KnownSong(
        "id",
        "path",
        bpm + " " + key,
        null,
        "A",
        "a",
        0,
        bpm,
        key == null ? null : MusicalKey.parse(key),
        null,
        null,
        60);
  }

  /** By hand, from the positions of the keys on the wheel: A minor 8A, C major 8B, … */
  @ParameterizedTest
  @CsvSource({
    "120, A minor, 120, A minor, 0",
    "120, A minor, 120, C major, 1", // 8A to 8B
    "120, A minor, 120, E minor, 1", // 8A to 9A
    "120, A minor, 120, G major, 2", // 8A to 9B
    "120, C# minor, 120, G# minor, 1", // 12A to 1A
    "120, A minor, 120, Eb minor, 6", // 8A to 2A, the other side
    "60, A minor, 120, A minor, 0", // double tempo
    "240, A minor, 120, A minor, 0", // half
    "100, A minor, 106, A minor, 1",
    "106, A minor, 200, A minor, 1", // nearly double
    ", A minor, 120, A minor, 3", // not known
    "120, , 120, A minor, 3",
  })
  void givenTwoSongs_whenOneFollowsTheOther_thenTheCostIsInSteps(
      @Nullable Double bpm,
      @Nullable String key,
      @Nullable Double otherBpm,
      @Nullable String otherKey,
      double cost) {
    assertThat(HarmonicOrder.cost(song(bpm, key), song(otherBpm, otherKey)))
        .isCloseTo(cost, within(1e-9));
  }

  @Test
  void givenSongsAroundTheWheel_whenOrdered_thenTheyFollowIt() {
    KnownSong first = song(120.0, "A minor"); // 8A
    KnownSong second = song(120.0, "E minor"); // 9A
    KnownSong third = song(120.0, "B minor"); // 10A
    KnownSong fourth = song(120.0, "F# minor"); // 11A
    KnownSong last = song(120.0, "C# minor"); // 12A

    assertThat(HarmonicOrder.of(List.of(first, fourth, third, last, second), false))
        .containsExactly(first, second, third, fourth, last);
    assertThat(HarmonicOrder.of(List.of(first, third, fourth, last, second), true))
        .startsWith(first)
        .endsWith(second)
        .hasSize(5);
  }

  /** Among all orders of seven songs the best is at most a tenth better. */
  @Test
  void givenRandomSongs_whenOrdered_thenNoOrderIsMuchBetter() {
    Random random = new Random(5);
    double found = 0;
    double best = 0;
    for (int trial = 0; trial < 10; trial++) {
      List<KnownSong> songs =
          IntStream.range(0, 7)
              .mapToObj(
                  i ->
                      song(
                          80 + 80 * random.nextDouble(),
                          new MusicalKey(random.nextInt(12), random.nextBoolean()).toString()))
              .toList();
      List<KnownSong> order = HarmonicOrder.of(songs, false);
      assertThat(order).startsWith(songs.get(0)).containsExactlyInAnyOrderElementsOf(songs);
      found += length(order);
      best += shortest(new ArrayList<>(songs.subList(0, 1)), songs);
    }

    assertThat(found).isLessThan(1.1 * best);
  }

  private static double length(List<KnownSong> order) {
    return IntStream.range(1, order.size())
        .mapToDouble(i -> HarmonicOrder.cost(order.get(i - 1), order.get(i)))
        .sum();
  }

  private static double shortest(List<KnownSong> begun, List<KnownSong> songs) {
    if (begun.size() == songs.size()) {
      return length(begun);
    }
    double best = Double.POSITIVE_INFINITY;
    for (KnownSong song : songs) {
      if (!begun.contains(song)) {
        begun.add(song);
        best = Math.min(best, shortest(begun, songs));
        begun.remove(song);
      }
    }
    return best;
  }
}
