package org.surmala.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.MusicalKey;

/**
 * Orders songs so that each mixes with the next: by keys that are neighbours on the Camelot wheel
 * and by tempi that are close.
 *
 * <p>The cost of a transition is the steps between the keys plus the steps between the tempi. Keys:
 * the steps between the numbers around the wheel, 0 to 6, plus one if the letters differ; so 8A
 * costs 1 to 7A, 9A and 8B. Tempi: one step for each {@code 6 %}, by {@code min(r, |r − 1|) / log2
 * 1.06} with {@code r = |log2(bpm₁ / bpm₂)|}; half and double tempo count as the same. An unknown
 * key or tempo costs {@value #UNKNOWN} steps. The order is built by the nearest-neighbour heuristic
 * from the first song, and improved by reversing parts of it (2-opt) until no reversal helps.
 */
final class HarmonicOrder {
  private static final double UNKNOWN = 3;
  private static final double TEMPO_STEP = Math.log(1.06) / Math.log(2);
  private static final int WHEEL = 12;
  private static final int FIFTH = 7;
  private static final int MINOR_THIRD = 3;

  private HarmonicOrder() {}

  /** Orders songs; the first one stays first, and the last one last if wanted. */
  static List<KnownSong> of(List<KnownSong> songs, boolean keepsLast) {
    if (songs.size() < 3) {
      return songs;
    }
    List<KnownSong> left = new ArrayList<>(songs);
    List<KnownSong> order = new ArrayList<>();
    order.add(left.remove(0));
    KnownSong last = keepsLast ? left.remove(left.size() - 1) : null;
    while (!left.isEmpty()) {
      KnownSong current = order.get(order.size() - 1);
      KnownSong nearest = left.get(0);
      for (KnownSong song : left) {
        nearest = cost(current, song) < cost(current, nearest) ? song : nearest;
      }
      left.remove(nearest);
      order.add(nearest);
    }
    if (last != null) {
      order.add(last);
    }
    int end = keepsLast ? order.size() - 1 : order.size();
    while (improve(order, end)) {
      // Until no reversal helps.
    }
    return List.copyOf(order);
  }

  /** Reverses parts between the first song and the end; returns whether any reversal helped. */
  private static boolean improve(List<KnownSong> order, int end) {
    boolean helped = false;
    for (int from = 1; from < end - 1; from++) {
      for (int to = from + 1; to < end; to++) {
        KnownSong before = order.get(from - 1);
        KnownSong after = to + 1 < order.size() ? order.get(to + 1) : null;
        double now = cost(before, order.get(from)) + cost(order.get(to), after);
        double then = cost(before, order.get(to)) + cost(order.get(from), after);
        if (then < now - 1e-9) {
          Collections.reverse(order.subList(from, to + 1));
          helped = true;
        }
      }
    }
    return helped;
  }

  /** Cost of a transition; 0 at the end. */
  static double cost(KnownSong one, @Nullable KnownSong other) {
    return other == null
        ? 0
        : keySteps(one.key(), other.key()) + tempoSteps(one.bpm(), other.bpm());
  }

  private static double keySteps(@Nullable MusicalKey one, @Nullable MusicalKey other) {
    if (one == null || other == null) {
      return UNKNOWN;
    }
    int apart = Math.floorMod(fifths(one) - fifths(other), WHEEL);
    return Math.min(apart, WHEEL - apart) + (one.minor() == other.minor() ? 0 : 1);
  }

  /**
   * The key's position on the circle of fifths; a minor key has the position of its relative major.
   */
  private static int fifths(MusicalKey key) {
    return FIFTH * (key.minor() ? key.tonic() + MINOR_THIRD : key.tonic());
  }

  private static double tempoSteps(@Nullable Double one, @Nullable Double other) {
    if (one == null || other == null) {
      return UNKNOWN;
    }
    double octaves = Math.abs(Math.log(one / other) / Math.log(2));
    return Math.min(octaves, Math.abs(octaves - 1)) / TEMPO_STEP;
  }
}
