package org.surmala.metric;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Confidence intervals by bootstrap over elements, and p-values by permutation. Replicates run on
 * all cores; each has its own random generator, seeded by the seed and the replicate's number, so
 * that the result does not depend on the number of threads.
 */
public final class Bootstrap {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private Bootstrap() {}

  /**
   * An interval.
   *
   * @param low lower end
   * @param high upper end
   */
  public record Interval(double low, double high) {}

  /** The number of draws of each of n elements in each bootstrap replicate; each row sums to n. */
  public static int[][] weights(int n, int replicates, long seed) {
    int[][] weights = new int[replicates][];
    IntStream.range(0, replicates)
        .parallel()
        .forEach(replicate -> weights[replicate] = draw(n, seed, replicate));
    return weights;
  }

  /** The draws of one replicate, for when all replicates do not fit into memory. */
  static int[] draw(int n, long seed, int replicate) {
    SplittableRandom random = generator(seed, replicate);
    int[] row = new int[n];
    for (int i = 0; i < n; i++) {
      row[random.nextInt(n)]++;
    }
    return row;
  }

  /**
   * A 95 % percentile interval, corrected by the bootstrap's estimate of bias (the mean of the
   * replicates minus the value), because agreement scores rise when songs repeat. It always
   * contains the value.
   *
   * @param value score of the elements themselves
   * @param replicates score of each bootstrap replicate; NaN is ignored
   * @param least smallest possible score
   * @param most largest possible score
   */
  public static Interval interval(double value, double[] replicates, double least, double most) {
    double[] sorted =
        Arrays.stream(replicates).filter(replicate -> !Double.isNaN(replicate)).sorted().toArray();
    if (sorted.length == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    double mean = 0;
    for (double replicate : sorted) {
      mean += replicate;
    }
    double bias = mean / sorted.length - value;
    double low = Math.min(value, quantile(sorted, 0.025) - bias);
    double high = Math.max(value, quantile(sorted, 0.975) - bias);
    return new Interval(
        Math.max(Math.min(least, value), low), Math.min(Math.max(most, value), high));
  }

  /** The quantile of ascending values, linear between neighbours (type 7 of Hyndman and Fan). */
  public static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /**
   * The p-value of a permutation test: labels are permuted over the elements, and the score of each
   * permutation is compared with that of the true labels.
   *
   * @param statistic score; higher means more agreement
   * @return (1 + number of permutations with at least the same score) / (1 + permutations), never 0
   *     (Phipson and Smyth 2010)
   */
  public static double permutationP(
      LabelCodes truth,
      LabelCodes clusters,
      ToDoubleFunction<ExternalIndices> statistic,
      int permutations,
      long seed) {
    double observed = statistic.applyAsDouble(ExternalIndices.of(truth, clusters));
    // Equal tables may differ in the last digit because of the order of summation.
    double threshold = observed - 1e-12;
    long atLeast =
        IntStream.range(0, permutations)
            .parallel()
            .filter(
                permutation -> {
                  int[] permuted = truth.codes().clone();
                  shuffle(permuted, generator(seed, permutation));
                  return statistic.applyAsDouble(
                          ExternalIndices.of(new LabelCodes(permuted, truth.count()), clusters))
                      >= threshold;
                })
            .count();
    return (1.0 + atLeast) / (1.0 + permutations);
  }

  /** Shuffles the values (Fisher and Yates). */
  public static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[other];
      values[other] = swapped;
    }
  }

  /** A generator for one of many independent draws from one seed. */
  public static SplittableRandom generator(long seed, int draw) {
    long mixed = seed + STEP * (draw + 1L);
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return new SplittableRandom(mixed ^ (mixed >>> 31));
  }
}
