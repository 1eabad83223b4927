package org.surmala.cluster;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.surmala.metric.Bootstrap;
import org.surmala.metric.InternalIndices;
import org.surmala.metric.PrincipalComponents;

/**
 * The gap statistic (Tibshirani, Walther and Hastie 2001): the log inertia of reference points
 * minus that of the points. Reference points are uniform in the bounding box of the points along
 * their principal axes.
 */
final class GapStatistic {
  private GapStatistic() {}

  /**
   * Gaps of a sweep.
   *
   * @param gaps gap for each k; NaN where the inertia is 0
   * @param errors standard error of each gap, simulation error included
   */
  record Gaps(double[] gaps, double[] errors) {}

  /**
   * Computes the gaps of a clusterer's partitions.
   *
   * @param inertias inertia of the partition of the points for each k
   * @param references number of reference sets, 1 or more
   */
  static Gaps of(
      Clusterer clusterer,
      double[][] points,
      int[] ks,
      double[] inertias,
      int references,
      long seed) {
    double[][] turned = PrincipalComponents.of(points).scores(points, points[0].length);
    double[][] logs = new double[references][ks.length];
    for (int reference = 0; reference < references; reference++) {
      SplittableRandom random = Bootstrap.generator(seed, reference);
      double[][] even = even(turned, random);
      SweptClusterer fitting = clusterer.on(even, random.nextLong());
      double[] own = logs[reference];
      IntStream.range(0, ks.length)
          .parallel()
          .forEach(
              i ->
                  own[i] =
                      Math.log(InternalIndices.of(even, fitting.at(ks[i]).labels()).inertia()));
    }
    double[] gaps = new double[ks.length];
    double[] errors = new double[ks.length];
    for (int i = 0; i < ks.length; i++) {
      double mean = 0;
      for (double[] log : logs) {
        mean += log[i] / references;
      }
      double variance = 0;
      for (double[] log : logs) {
        variance += (log[i] - mean) * (log[i] - mean) / references;
      }
      gaps[i] = inertias[i] > 0 ? mean - Math.log(inertias[i]) : Double.NaN;
      errors[i] = Math.sqrt(variance * (1 + 1.0 / references));
    }
    return new Gaps(gaps, errors);
  }

  private static double[][] even(double[][] points, SplittableRandom random) {
    int d = points[0].length;
    double[] low = points[0].clone();
    double[] high = points[0].clone();
    for (double[] point : points) {
      for (int j = 0; j < d; j++) {
        low[j] = Math.min(low[j], point[j]);
        high[j] = Math.max(high[j], point[j]);
      }
    }
    double[][] even = new double[points.length][d];
    for (double[] point : even) {
      for (int j = 0; j < d; j++) {
        point[j] = low[j] + (high[j] - low[j]) * random.nextDouble();
      }
    }
    return even;
  }
}
