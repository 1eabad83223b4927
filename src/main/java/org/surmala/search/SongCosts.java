package org.surmala.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The cost of each song, the factor of its distance: {@code v / (1 + r)}.
 *
 * <p>r is the rank of the song's value in a column, from 0 for the lowest to 1 for the highest
 * (mean rank for ties; ½ without a value or column): the highest value halves the distance relative
 * to the lowest, whatever the unit. v is the variation: {@code exp(g / 2)} with g normally
 * distributed, drawn for each song by the seed; 1 without a seed.
 */
final class SongCosts {
  private static final double MIDDLE = 0.5;

  private SongCosts() {}

  /** Computes the costs from the values, null without one, and a seed, null for no variation. */
  static double[] of(List<@Nullable Double> values, @Nullable Long seed) {
    double[] costs = new double[values.size()];
    Map<Double, Double> ranks = ranks(values);
    for (int song = 0; song < costs.length; song++) {
      Double value = values.get(song);
      costs[song] = 1 / (1 + (value == null ? MIDDLE : ranks.getOrDefault(value, MIDDLE)));
    }
    if (seed != null) {
      SplittableRandom random = new SplittableRandom(seed);
      IntStream.range(0, costs.length)
          .forEach(song -> costs[song] *= Math.exp(random.nextGaussian() / 2));
    }
    return costs;
  }

  /** The rank of each value, 0 to 1. */
  private static Map<Double, Double> ranks(List<@Nullable Double> values) {
    double[] sorted =
        values.stream()
            .filter(value -> value != null)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    Map<Double, Double> ranks = new HashMap<>();
    for (int first = 0, last; first < sorted.length && sorted.length > 1; first = last + 1) {
      last = first;
      while (last + 1 < sorted.length && sorted[last + 1] == sorted[first]) {
        last++;
      }
      ranks.put(sorted[first], (first + last) / 2.0 / (sorted.length - 1));
    }
    return ranks;
  }
}
