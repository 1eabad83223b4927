package org.surmala.report;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.surmala.metric.NearestNeighbours;
import org.surmala.metric.Neighbours;

/**
 * Uniform manifold approximation and projection to two dimensions (McInnes, Healy and Melville
 * 2018), for drawing. Neighbours are exact. The layout starts from given coordinates (Kobak and
 * Linderman 2021 show that an informative initialisation preserves the global structure) and
 * processes one edge after another with one random generator, so that equal rows and seeds give
 * equal layouts at any number of threads.
 */
final class Umap {
  private static final int NEIGHBOURS = 15;
  private static final int NEGATIVE_SAMPLES = 5;

  /**
   * Curve 1 / (1 + a·d^2b) fitted to a minimal distance of 0.5 at a spread of 1, so that similar
   * songs do not cover one another.
   */
  private static final double A = 0.5830300203414425;

  private static final double B = 1.3341669924314914;
  private static final double MOST_STEP = 4;
  private static final int BISECTIONS = 64;
  private static final int SMALL = 4_000;
  private static final int EPOCHS_SMALL = 400;
  private static final int EPOCHS_LARGE = 200;

  private Umap() {}

  /**
   * Lays rows out in the plane.
   *
   * @param rows [n][d], at least 3, finite
   * @param start [n][2], initial coordinates, about -10 to 10; changed in place
   * @return {@code start}, moved
   */
  static double[][] layOut(double[][] rows, double[][] start, long seed) {
    int n = rows.length;
    if (n < 3) {
      throw new IllegalArgumentException("rows is " + n + "; it must be 3 or more");
    }
    Neighbours[] neighbours =
        NearestNeighbours.of(rows)
            .nearest(rows, Math.min(NEIGHBOURS, n - 1), NearestNeighbours.Pairing.OTHERS);
    Edges edges = Edges.of(neighbours);
    move(start, edges, n <= SMALL ? EPOCHS_SMALL : EPOCHS_LARGE, new SplittableRandom(seed));
    return start;
  }

  private static void move(double[][] at, Edges edges, int epochs, SplittableRandom random) {
    double strongest = Arrays.stream(edges.weight).max().orElse(1);
    int m = edges.weight.length;
    double[] period = new double[m];
    double[] due = new double[m];
    double[] negativeDue = new double[m];
    for (int e = 0; e < m; e++) {
      period[e] = strongest / edges.weight[e];
      due[e] = period[e];
      negativeDue[e] = period[e] / NEGATIVE_SAMPLES;
    }
    for (int epoch = 0; epoch < epochs; epoch++) {
      double rate = 1.0 - (double) epoch / epochs;
      for (int e = 0; e < m; e++) {
        if (due[e] > epoch) {
          continue;
        }
        double[] head = at[edges.from[e]];
        double[] tail = at[edges.to[e]];
        attract(head, tail, rate);
        due[e] += period[e];
        double negativePeriod = period[e] / NEGATIVE_SAMPLES;
        int samples = (int) Math.max(0, (epoch - negativeDue[e]) / negativePeriod);
        for (int s = 0; s < samples; s++) {
          int other = random.nextInt(at.length);
          if (other != edges.from[e]) {
            repel(head, at[other], rate);
          }
        }
        negativeDue[e] += samples * negativePeriod;
      }
    }
  }

  private static void attract(double[] head, double[] tail, double rate) {
    double dx = head[0] - tail[0];
    double dy = head[1] - tail[1];
    double square = dx * dx + dy * dy;
    if (square <= 0) {
      return;
    }
    double power = Math.pow(square, B);
    double pull = -2 * A * B * power / square / (A * power + 1);
    double stepX = clip(pull * dx) * rate;
    double stepY = clip(pull * dy) * rate;
    head[0] += stepX;
    head[1] += stepY;
    tail[0] -= stepX;
    tail[1] -= stepY;
  }

  private static void repel(double[] head, double[] other, double rate) {
    double dx = head[0] - other[0];
    double dy = head[1] - other[1];
    double square = dx * dx + dy * dy;
    if (square > 0) {
      double push = 2 * B / ((0.001 + square) * (A * Math.pow(square, B) + 1));
      head[0] += clip(push * dx) * rate;
      head[1] += clip(push * dy) * rate;
    } else {
      head[0] += MOST_STEP * rate;
      head[1] += MOST_STEP * rate;
    }
  }

  private static double clip(double step) {
    return Math.max(-MOST_STEP, Math.min(MOST_STEP, step));
  }

  /** The fuzzy graph: each edge in both directions, ordered by its ends. */
  private record Edges(int[] from, int[] to, double[] weight) {
    static Edges of(Neighbours[] neighbours) {
      int n = neighbours.length;
      int k = neighbours[0].size();
      double[][] membership = new double[n][k];
      for (int i = 0; i < n; i++) {
        double[] distance = Arrays.stream(neighbours[i].squares()).map(Math::sqrt).toArray();
        double nearest = Arrays.stream(distance).filter(d -> d > 0).findFirst().orElse(0);
        double sigma = bandwidth(distance, nearest);
        for (int j = 0; j < k; j++) {
          double over = distance[j] - nearest;
          membership[i][j] = over <= 0 ? 1 : Math.exp(-over / sigma);
        }
      }
      // Both directions of every pair with a membership in either of them.
      long[] pairs =
          IntStream.range(0, n)
              .boxed()
              .flatMapToLong(
                  i ->
                      Arrays.stream(neighbours[i].points())
                          .mapToLong(j -> ((long) Math.min(i, j) << 32) | Math.max(i, j)))
              .sorted()
              .distinct()
              .toArray();
      int[] from = new int[2 * pairs.length];
      int[] to = new int[2 * pairs.length];
      double[] weight = new double[2 * pairs.length];
      for (int p = 0; p < pairs.length; p++) {
        int i = (int) (pairs[p] >> 32);
        int j = (int) pairs[p];
        double there = membershipOf(neighbours[i].points(), membership[i], j);
        double back = membershipOf(neighbours[j].points(), membership[j], i);
        double both = Math.max(there + back - there * back, 1e-6);
        from[2 * p] = i;
        to[2 * p] = j;
        from[2 * p + 1] = j;
        to[2 * p + 1] = i;
        weight[2 * p] = both;
        weight[2 * p + 1] = both;
      }
      return new Edges(from, to, weight);
    }

    private static double membershipOf(int[] index, double[] membership, int other) {
      for (int m = 0; m < index.length; m++) {
        if (index[m] == other) {
          return membership[m];
        }
      }
      return 0;
    }

    /** The bandwidth at which the memberships of a row sum to log2(k). */
    private static double bandwidth(double[] distance, double nearest) {
      double target = Math.log(distance.length) / Math.log(2);
      double low = 0;
      double high = Double.POSITIVE_INFINITY;
      double sigma = 1;
      for (int step = 0; step < BISECTIONS; step++) {
        double sum = 0;
        for (double d : distance) {
          sum += d <= nearest ? 1 : Math.exp(-(d - nearest) / sigma);
        }
        if (Math.abs(sum - target) < 1e-5) {
          break;
        }
        if (sum > target) {
          high = sigma;
          sigma = (low + high) / 2;
        } else {
          low = sigma;
          sigma = Double.isInfinite(high) ? sigma * 2 : (low + high) / 2;
        }
      }
      double mean = Arrays.stream(distance).average().orElse(0);
      return Math.max(sigma, Math.max(1e-3 * mean, 1e-12));
    }
  }
}
