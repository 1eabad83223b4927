package org.surmala.metric;

import java.util.stream.IntStream;
import org.surmala.metric.Bootstrap.Interval;

/**
 * The difference in agreement with the labels between two clusterings of the same elements, with a
 * paired confidence interval. Each bootstrap replicate scores both clusterings on the same
 * elements, so that common variation cancels: two clusterings can differ significantly although
 * their own intervals overlap.
 *
 * @param value adjusted Rand index of the first clustering minus that of the second
 * @param interval 95 % confidence interval of the difference
 */
public record PairedDifference(double value, Interval interval) {
  /**
   * Compares two clusterings.
   *
   * @param truth the labels
   * @param first clusters of the same elements
   * @param second clusters of the same elements
   * @param replicates bootstrap replicates, 1 or more
   * @throws IllegalArgumentException if the lengths differ
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
   * The interval from known replicates.
   *
   * @param value the difference on the elements themselves
   * @param differences the difference in each bootstrap replicate
   */
  public static Interval interval(double value, double[] differences) {
    return Bootstrap.interval(value, differences, -2, 2);
  }
}
