package org.surmala.cluster;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.surmala.metric.Bootstrap;
import org.surmala.metric.ColumnMajorMatrix;

/**
 * K-Means (Lloyd 1982) from greedy k-means++ starts (Arthur and Vassilvitskii 2007: each centre is
 * the best of 2 + ln k candidates, as in scikit-learn), with restarts; the result with the lowest
 * inertia is used. Iterates until no point moves. An empty cluster takes the point that is farthest
 * from its centre.
 *
 * <p>Each start is then improved in two ways. Hartigan's rule (Hartigan and Wong 1979): a point
 * moves to another cluster if that lowers the squared error, with the shift of both centroids taken
 * into account, which Lloyd's rule ignores. Swaps (Lattanzi and Sohler 2019): a point drawn by its
 * squared distance replaces the centre whose removal costs least, and the iterations are repeated;
 * a better result is kept. A start ends after a few failed swaps in a row. All starts share the
 * distances between points, if these are few ({@link PairwiseClusters}).
 *
 * <p>Above {@value #MOST_STARTED} points, starts use a random sample of this size, and the
 * iterations over all points begin with the best result.
 *
 * @param restarts number of starts, 1 or more
 * @param maxIterations iterations of each start, 1 or more
 */
record KMeans(int restarts, int maxIterations) implements Clusterer {
  private static final int FAILED_SWAPS = 3;

  /** Largest number of points for starts. */
  static final int MOST_STARTED = 20_000;

  /**
   * A move must lower the point's part of the error by at least this share, so that rounding causes
   * no endless loop.
   */
  static final double LEAST_GAIN = 1e-9;

  @Override
  public ClusterAlgorithm algorithm() {
    return ClusterAlgorithm.KMEANS;
  }

  @Override
  public Clusterer light() {
    return new KMeans(1, maxIterations);
  }

  @Override
  public SweptClusterer on(double[][] points, long seed) {
    WeightedPoints all = WeightedPoints.evenly(points);
    boolean isLarge = points.length > MOST_STARTED;
    WeightedPoints sample = isLarge ? WeightedPoints.evenly(sample(points, seed)) : all;
    return k -> {
      boolean isSampled = isLarge && distinct(sample.points(), k) == k;
      Result best =
          isSampled
              ? lloyd(all, best(sample, k, seed).centres())
              : best(all, distinct(points, k), seed);
      Partition partition = Partition.byCentroid(points, best.labels());
      return new Partition(
          partition.labels(),
          partition.centroids(),
          partition.rule(),
          null,
          null,
          Map.of("inertia", Double.toString(best.inertia())));
    };
  }

  private static int distinct(double[][] points, int most) {
    return (int) Arrays.stream(points).map(DoubleBuffer::wrap).distinct().limit(most).count();
  }

  private static double[][] sample(double[][] points, long seed) {
    int[] order = IntStream.range(0, points.length).toArray();
    Bootstrap.shuffle(order, new SplittableRandom(seed));
    return Arrays.stream(order, 0, MOST_STARTED)
        .sorted()
        .mapToObj(i -> points[i])
        .toArray(double[][]::new);
  }

  /** A local optimum. */
  interface Fit {
    /** Sum of squared distances to the own centre. */
    double inertia();
  }

  /**
   * The result of one start.
   *
   * @param labels the nearest centre of each point
   * @param inertia sum of squared distances to the own centre
   */
  record Result(int[] labels, double[][] centres, double inertia) implements Fit {}

  /**
   * The best centres of weighted points.
   *
   * @param k at most the number of distinct points with a positive weight
   */
  double[][] centres(double[][] points, double[] weights, int k, long seed) {
    return best(new WeightedPoints(points, ColumnMajorMatrix.of(points), weights, null), k, seed)
        .centres();
  }

  private Result best(WeightedPoints all, int k, long seed) {
    return IntStream.range(0, restarts)
        .parallel()
        .mapToObj(restart -> run(all, k, Bootstrap.generator(seed, restart)))
        .toList()
        .stream()
        .min(Comparator.comparingDouble(Result::inertia))
        .orElseThrow();
  }

  private Result run(WeightedPoints all, int k, SplittableRandom random) {
    int[] start = all.start(k, random);
    double[][] between = all.between();
    if (between == null) {
      return improvedBySwaps(
          lloyd(
              all,
              Arrays.stream(start).mapToObj(i -> all.points()[i].clone()).toArray(double[][]::new)),
          k,
          from -> {
            WeightedPoints.Swap swap = all.swap(distances(all, from.centres()), random);
            double[][] centres =
                Arrays.stream(from.centres()).map(double[]::clone).toArray(double[][]::new);
            centres[swap.centre()] = all.points()[swap.point()].clone();
            return lloyd(all, centres);
          });
    }
    PairwiseClusters best =
        improvedBySwaps(
            PairwiseClusters.around(between, start).improve(maxIterations),
            k,
            from -> {
              WeightedPoints.Swap swap = all.swap(from.distances(), random);
              return from.swapped(swap.centre(), swap.point()).improve(maxIterations);
            });
    return result(all, best.labels(), RelabelBySize.centroids(all.points(), best.labels()));
  }

  /** The last of the fits that swaps made better. */
  private static <F extends Fit> F improvedBySwaps(F first, int k, UnaryOperator<F> swap) {
    F best = first;
    int failed = 0;
    while (k > 1 && failed < FAILED_SWAPS) {
      F swapped = swap.apply(best);
      if (swapped.inertia() < best.inertia() * (1 - LEAST_GAIN)) {
        best = swapped;
        failed = 0;
      } else {
        failed++;
      }
    }
    return best;
  }

  private static double[][] distances(WeightedPoints all, double[][] centres) {
    double[][] distances = new double[centres.length][all.points().length];
    for (int c = 0; c < centres.length; c++) {
      all.columns().squaredDistances(centres[c], 0, all.points().length, distances[c]);
    }
    return distances;
  }

  private Result lloyd(WeightedPoints all, double[][] centres) {
    double[][] points = all.points();
    NearestCentres nearest = new NearestCentres(points, all.columns());
    int[] labels = nearest.labels();
    for (int iteration = 0; iteration < maxIterations; iteration++) {
      if (!nearest.assign(centres)) {
        break;
      }
      move(all, nearest, centres);
    }
    boolean improved = true;
    for (int pass = 0; improved && pass < maxIterations; pass++) {
      move(all, nearest, centres);
      nearest.moveTo(centres);
      improved = hartigan(all, nearest, centres);
    }
    return result(all, labels, centres);
  }

  private static Result result(WeightedPoints all, int[] labels, double[][] centres) {
    double inertia = 0;
    for (int i = 0; i < labels.length; i++) {
      inertia += all.weights()[i] * Geometry.squaredDistance(all.points()[i], centres[labels[i]]);
    }
    return new Result(labels, centres, inertia);
  }

  /** One pass of Hartigan's rule, updating the centres; returns whether any point moved. */
  private static boolean hartigan(WeightedPoints all, NearestCentres nearest, double[][] centres) {
    int[] labels = nearest.labels();
    int k = centres.length;
    double[] sizes = new double[k];
    for (int i = 0; i < labels.length; i++) {
      sizes[labels[i]] += all.weights()[i];
    }
    double least = Arrays.stream(sizes).min().orElseThrow();
    double[] squared = new double[k];
    boolean moved = false;
    for (int i = 0; i < labels.length; i++) {
      int own = labels[i];
      double weight = all.weights()[i];
      if (weight == 0
          || sizes[own] <= weight
          || nearest.isFar(i, sizes[own] / (sizes[own] - weight) * (least + weight) / least)) {
        continue;
      }
      double[] point = all.points()[i];
      for (int c = 0; c < k; c++) {
        squared[c] = Geometry.squaredDistance(point, centres[c]);
      }
      double lowest = squared[own] * sizes[own] / (sizes[own] - weight) * (1 - LEAST_GAIN);
      int to = own;
      for (int c = 0; c < k; c++) {
        double entering = squared[c] * sizes[c] / (sizes[c] + weight);
        if (c != own && entering < lowest) {
          lowest = entering;
          to = c;
        }
      }
      nearest.label(i, to, squared);
      if (to != own) {
        for (int d = 0; d < point.length; d++) {
          centres[own][d] += weight * (centres[own][d] - point[d]) / (sizes[own] - weight);
          centres[to][d] += weight * (point[d] - centres[to][d]) / (sizes[to] + weight);
        }
        nearest.moveTo(centres);
        sizes[own] -= weight;
        sizes[to] += weight;
        least = Math.min(least, sizes[own]);
        moved = true;
      }
    }
    return moved;
  }

  private static void move(WeightedPoints all, NearestCentres nearest, double[][] centres) {
    double[][] points = all.points();
    int[] labels = nearest.labels();
    int dimensions = centres[0].length;
    double[][] sums = new double[centres.length][dimensions];
    double[] sizes = new double[centres.length];
    for (int i = 0; i < labels.length; i++) {
      double weight = all.weights()[i];
      sizes[labels[i]] += weight;
      double[] sum = sums[labels[i]];
      double[] point = points[i];
      for (int d = 0; d < dimensions; d++) {
        sum[d] += weight * point[d];
      }
    }
    for (int c = 0; c < centres.length; c++) {
      if (sizes[c] == 0) {
        double[] squared = nearest.squaredDistances();
        int farthest = 0;
        for (int i = 1; i < squared.length; i++) {
          farthest = squared[i] > squared[farthest] ? i : farthest;
        }
        squared[farthest] = 0;
        centres[c] = points[farthest].clone();
      } else {
        for (int d = 0; d < dimensions; d++) {
          centres[c][d] = sums[c][d] / sizes[c];
        }
      }
    }
  }
}
