package org.surmala.cluster;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Splits the songs of a cluster into groups of limited size, by K-Means with a minimum and a
 * maximum group size.
 *
 * <ol>
 *   <li>K-Means, with an average group size of the geometric mean of both limits.
 *   <li>A group with too few songs is dissolved: each song moves to the nearest group with room. If
 *       the remaining groups could not hold all songs, the group instead takes the songs whose
 *       distance increases least.
 *   <li>A group with too many songs gives away the songs whose distance increases least.
 *   <li>As in K-Means, songs move to nearer centres where the sizes allow it.
 * </ol>
 *
 * <p>More than {@value #MOST_AT_ONCE} songs are first split into parts of {@value #LEAST_PART} to
 * {@value #MOST_AT_ONCE} in the same way, so that time and memory are linear in the number of
 * songs, not quadratic.
 */
final class GroupSplit {
  /** Largest number of songs that are split at once. */
  static final int MOST_AT_ONCE = 2_000;

  private static final int LEAST_PART = 500;
  private static final int RESTARTS = 5;
  private static final int ITERATIONS = 100;

  private final double[][] points;
  private final int least;
  private final int most;
  private final int[] labels;
  private double[][] centres;
  private int[] sizes;

  private GroupSplit(double[][] points, int least, int most, int restarts, long seed) {
    this.points = points;
    this.least = least;
    this.most = most;
    int wanted = (int) Math.round(points.length / Math.sqrt((double) least * most));
    labels =
        new KMeans(restarts, ITERATIONS).on(points, seed).at(Math.max(2, wanted)).labels().clone();
    halve();
    centres = RelabelBySize.centroids(points, labels);
    sizes = sizes(centres.length);
  }

  /**
   * The group of each point, from 0, the largest first, ties by the first member. Each has {@code
   * least} to {@code most} points; all are in one group if there are at most {@code most}.
   *
   * @param points songs of one cluster, at least one
   * @param least smallest group, 1 or more
   * @param most largest group, at least twice {@code least}
   */
  static int[] labels(double[][] points, int least, int most, long seed) {
    return within(points, parts(points, least, most, seed), least, most, seed);
  }

  /**
   * The part of each point, from 0, the largest first; a single part if all points can be split at
   * once. Parameters as in {@link #labels}.
   */
  static int[] parts(double[][] points, int least, int most, long seed) {
    return points.length <= Math.max(MOST_AT_ONCE, most)
        ? new int[points.length]
        : new GroupSplit(
                points, Math.max(LEAST_PART, least), Math.max(MOST_AT_ONCE, 2 * most), 1, seed)
            .run();
  }

  /** The {@link #labels} of points with known {@link #parts}. */
  static int[] within(double[][] points, int[] parts, int least, int most, long seed) {
    int n = points.length;
    if (n <= most) {
      return new int[n];
    }
    if (n <= MOST_AT_ONCE) {
      return new GroupSplit(points, least, most, RESTARTS, seed).run();
    }
    int[] all = new int[n];
    int groups = 0;
    for (int p = 0; p < RelabelBySize.clusters(parts); p++) {
      int part = p;
      int[] members = IntStream.range(0, n).filter(i -> parts[i] == part).toArray();
      int[] own =
          labels(
              Arrays.stream(members).mapToObj(i -> points[i]).toArray(double[][]::new),
              least,
              most,
              seed);
      for (int i = 0; i < members.length; i++) {
        all[members[i]] = groups + own[i];
      }
      groups += RelabelBySize.clusters(own);
    }
    return RelabelBySize.bySize(all);
  }

  private int[] run() {
    fill();
    trim();
    refine();
    return RelabelBySize.bySize(labels);
  }

  /**
   * Splits large groups while there are too few: K-Means finds at most as many groups as there are
   * distinct points.
   */
  private void halve() {
    int groups = RelabelBySize.clusters(labels);
    for (; (long) groups * most < points.length; groups++) {
      int[] counted = sizes(groups);
      int[] members = members(largest(counted));
      for (int i = members.length / 2; i < members.length; i++) {
        labels[members[i]] = groups;
      }
    }
  }

  private static int largest(int[] counted) {
    int largest = 0;
    for (int group = 1; group < counted.length; group++) {
      largest = counted[group] > counted[largest] ? group : largest;
    }
    return largest;
  }

  private int[] sizes(int groups) {
    int[] counted = new int[groups];
    for (int label : labels) {
      counted[label]++;
    }
    return counted;
  }

  /** Dissolves or fills the groups that have too few songs, the smallest first. */
  private void fill() {
    boolean[] gone = new boolean[sizes.length];
    int left = sizes.length;
    for (int group = smallest(gone); sizes[group] < least; group = smallest(gone)) {
      int taker = group;
      if ((long) (left - 1) * most >= points.length) {
        gone[group] = true;
        left--;
        for (int member : members(group)) {
          move(member, nearest(member, other -> !gone[other] && sizes[other] < most));
        }
      } else {
        int[] others =
            sorted(
                IntStream.range(0, labels.length).filter(i -> labels[i] != taker),
                i -> distance(i, taker) - distance(i, labels[i]));
        for (int i = 0; sizes[group] < least; i++) {
          if (sizes[labels[others[i]]] > least) {
            move(others[i], group);
          }
        }
      }
    }
    int[] numbers = new int[sizes.length];
    for (int group = 1; group < sizes.length; group++) {
      numbers[group] = numbers[group - 1] + (gone[group - 1] ? 0 : 1);
    }
    Arrays.setAll(labels, i -> numbers[labels[i]]);
    centres = RelabelBySize.centroids(points, labels);
    sizes = sizes(centres.length);
  }

  private int smallest(boolean[] gone) {
    return IntStream.range(0, sizes.length)
        .filter(group -> !gone[group])
        .boxed()
        .min(Comparator.comparingInt(group -> sizes[group]))
        .orElseThrow();
  }

  /** Moves songs out of the groups that have too many. */
  private void trim() {
    for (int group = 0; group < sizes.length; group++) {
      if (sizes[group] > most) {
        int giver = group;
        int[] losing =
            sorted(
                Arrays.stream(members(group)),
                i ->
                    distance(i, nearest(i, other -> other != giver && sizes[other] < most))
                        - distance(i, giver));
        for (int i = 0; sizes[group] > most; i++) {
          move(losing[i], nearest(losing[i], other -> other != giver && sizes[other] < most));
        }
      }
    }
  }

  private void refine() {
    boolean isMoving = true;
    for (int iteration = 0; isMoving && iteration < ITERATIONS; iteration++) {
      centres = RelabelBySize.centroids(points, labels);
      isMoving = false;
      for (int i = 0; i < labels.length; i++) {
        int own = labels[i];
        if (sizes[own] > least) {
          int nearer = nearest(i, other -> other == own || sizes[other] < most);
          move(i, nearer);
          isMoving |= nearer != own;
        }
      }
    }
  }

  /** The allowed group with the nearest centre; at least one is allowed. */
  private int nearest(int point, IntPredicate allowed) {
    int nearest = -1;
    double shortest = Double.POSITIVE_INFINITY;
    for (int group = 0; group < centres.length; group++) {
      double distance = distance(point, group);
      if (distance < shortest && allowed.test(group)) {
        shortest = distance;
        nearest = group;
      }
    }
    return nearest;
  }

  private double distance(int point, int group) {
    return Geometry.squaredDistance(points[point], centres[group]);
  }

  private int[] members(int group) {
    return IntStream.range(0, labels.length).filter(i -> labels[i] == group).toArray();
  }

  /** Points ordered by their present cost; ties keep their order. */
  private static int[] sorted(IntStream points, IntToDoubleFunction cost) {
    return points
        .mapToObj(i -> new Costly(i, cost.applyAsDouble(i)))
        .sorted(Comparator.comparingDouble(Costly::cost))
        .mapToInt(Costly::point)
        .toArray();
  }

  private record Costly(int point, double cost) {}

  private void move(int point, int group) {
    sizes[labels[point]]--;
    sizes[group]++;
    labels[point] = group;
  }
}
