package org.surmala.metric;

import java.util.stream.IntStream;
import org.surmala.metric.Bootstrap.Interval;

/**
 * How much more one clustering agrees with the labels than another one of the same elements, with a
 * paired interval. Each bootstrap replicate draws elements and scores both clusterings on the same
 * ones, so that what the two have in common cancels. Overlapping intervals of the two figures say
 * less: two clusterings can differ surely although their own intervals overlap.
 *
 * @param value adjusted Rand index of the first less that of the second
 * @param interval 95 % of the difference
 */
public record PairedDifference(double value, Interval interval) {
  /**
   * Compares two clusterings.
   *
   * @param truth the labels
   * @param first clusters of the same elements
   * @param second likewise
   * @param replicates of the bootstrap, 1 or more
   * @throws IllegalArgumentException when the three are not of the same length
   */
  public static PairedDifference ofAdjustedRand(
      LabelCodes truth, LabelCodes first, LabelCodes second, int replicates, long seed) {
    double value =
        ExternalIndices.of(truth, first).adjustedRand()
            - ExternalIndices.of(truth, second).adjustedRand();
    double[] differences =
        IntStream.range(0, replicates)
            .parallel()
            .mapToObj(replicate -> Bootstrap.draw(truth.codes().length, seed, replicate))
            .mapToDouble(
                weights ->
                    ExternalIndices.of(truth, first, weights).adjustedRand()
                        - ExternalIndices.of(truth, second, weights).adjustedRand())
            .toArray();
    return new PairedDifference(value, interval(value, differences));
  }

  /**
   * From replicates that are known.
   *
   * @param value the difference of the elements themselves
   * @param differences that of each bootstrap replicate
   */
  public static Interval interval(double value, double[] differences) {
    return Bootstrap.interval(value, differences, -2, 2);
  }
}
