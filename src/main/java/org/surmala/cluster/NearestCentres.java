package org.surmala.cluster;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.ColumnMajorMatrix;

/**
 * Finds the nearest centre of each point while the centres move. It keeps bounds on the distances
 * to the point's own centre and to any other centre, and widens them by how far the centres have
 * moved. For most points they show that the centre is still the nearest (Hamerly, Making k-means
 * even faster, SIAM International Conference on Data Mining 2010). The other points are compared
 * with every centre, so the labels equal those of an exhaustive comparison.
 */
final class NearestCentres {
  private static final int BLOCK = 256;

  /** Share of the largest distance by which bounds must differ, so that no rounding decides. */
  private static final double ROUNDING = 1e-9;

  /** With more centres, the bounds of most points overlap. */
  private static final int MOST_BOUNDED = 20;

  /** With fewer dimensions a distance is cheaper than its bounds. */
  private static final int LEAST_DIMENSIONS = 12;

  /** Share of the points above which it is cheaper to compare all of them, a block at a time. */
  private static final double MOST_ALONE = 0.25;

  private final double[][] points;
  private final ColumnMajorMatrix columns;
  private final int[] labels;
  private final double[] own;
  private final double[] others;
  private double[][] centres = {};
  private double slack;

  /** How far centres can have moved by {@link #moveTo}; the bounds do not include it. */
  private double shift;

  private double @Nullable [] squared;

  /**
   * @param columns the same points
   */
  NearestCentres(double[][] points, ColumnMajorMatrix columns) {
    this.points = points;
    this.columns = columns;
    labels = new int[points.length];
    own = new double[points.length];
    others = new double[points.length];
  }

  /** The number of each point's centre; callers may change the array. */
  int[] labels() {
    return labels;
  }

  /**
   * Squared distance of each point to the nearest of the centres. The array is the same until they
   * move, so changes of it persist until then.
   */
  double[] squaredDistances() {
    double[] known = squared;
    if (known == null) {
      known = new double[points.length];
      for (int i = 0; i < known.length; i++) {
        known[i] = Double.POSITIVE_INFINITY;
        for (double[] centre : centres) {
          known[i] = Math.min(known[i], ColumnMajorMatrix.squaredDistance(points[i], centre));
        }
      }
      squared = known;
    }
    return known;
  }

  /**
   * Finds the nearest of these centres for each point; ties go to the lower number.
   *
   * @param now as many as before; they may be changed afterwards
   * @return whether any point has another centre than before
   */
  boolean assign(double[][] now) {
    boolean isFirst = centres.length == 0;
    double[] moved = new double[now.length];
    for (int c = 0; c < moved.length && !isFirst; c++) {
      moved[c] = Math.sqrt(Geometry.squaredDistance(centres[c], now[c]));
    }
    centres = Arrays.stream(now).map(double[]::clone).toArray(double[][]::new);
    squared = null;
    if (isFirst) {
      compareAll();
      return true;
    }
    int farthest = 0;
    for (int c = 1; c < moved.length; c++) {
      farthest = moved[c] > moved[farthest] ? c : farthest;
    }
    double second = 0;
    for (int c = 0; c < moved.length; c++) {
      second = c == farthest ? second : Math.max(second, moved[c]);
    }
    int[] before = labels.clone();
    if (!isBounded()) {
      compareAll();
      return !Arrays.equals(before, labels);
    }
    int doubtful = 0;
    for (int i = 0; i < labels.length; i++) {
      own[i] += moved[labels[i]] + shift;
      others[i] -= (labels[i] == farthest ? second : moved[farthest]) + shift;
      doubtful += isDoubtful(i) ? 1 : 0;
    }
    shift = 0;
    if (doubtful > MOST_ALONE * labels.length) {
      compareAll();
    } else {
      IntStream.range(0, labels.length).filter(this::isDoubtful).forEach(this::compare);
    }
    return !Arrays.equals(before, labels);
  }

  private boolean isDoubtful(int i) {
    return own[i] + slack >= others[i];
  }

  private boolean isBounded() {
    return centres.length <= MOST_BOUNDED && columns.dimensions() >= LEAST_DIMENSIONS;
  }

  /** Moves the centres; the points keep theirs. */
  void moveTo(double[][] now) {
    double largest = 0;
    for (int c = 0; c < now.length; c++) {
      largest = Math.max(largest, Math.sqrt(Geometry.squaredDistance(centres[c], now[c])));
      System.arraycopy(now[c], 0, centres[c], 0, now[c].length);
    }
    shift += largest;
    squared = null;
  }

  /**
   * Gives a point to a centre.
   *
   * @param distances squared distances of the point to all centres
   */
  void label(int i, int centre, double[] distances) {
    labels[i] = centre;
    if (isBounded()) {
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < distances.length; c++) {
        least = c == centre ? least : Math.min(least, distances[c]);
      }
      own[i] = Math.sqrt(distances[centre]) - shift;
      others[i] = Math.sqrt(least) + shift;
    }
  }

  /**
   * Whether a point is farther from every other centre than from its own.
   *
   * @param ratio lower bound on the ratio of the squared distances
   */
  boolean isFar(int i, double ratio) {
    double most = own[i] + shift + slack;
    double least = others[i] - shift;
    return isBounded() && least > 0 && most * most * ratio < least * least;
  }

  private void compareAll() {
    boolean isBounded = isBounded();
    double[] distances = new double[BLOCK];
    for (int from = 0; from < labels.length; from += BLOCK) {
      int to = Math.min(labels.length, from + BLOCK);
      Arrays.fill(own, from, to, Double.POSITIVE_INFINITY);
      Arrays.fill(others, from, to, isBounded ? Double.POSITIVE_INFINITY : 0);
      for (int c = 0; c < centres.length; c++) {
        columns.squaredDistances(centres[c], from, to, distances);
        for (int i = from; i < to; i++) {
          if (isBounded) {
            keep(i, c, distances[i - from]);
          } else if (distances[i - from] < own[i]) {
            own[i] = distances[i - from];
            labels[i] = c;
          }
        }
      }
      for (int i = from; isBounded && i < to; i++) {
        root(i);
        slack = Math.max(slack, ROUNDING * (centres.length > 1 ? others[i] : own[i]));
      }
    }
  }

  private void compare(int i) {
    own[i] = Math.sqrt(ColumnMajorMatrix.squaredDistance(points[i], centres[labels[i]]));
    if (!isDoubtful(i)) {
      return;
    }
    own[i] = Double.POSITIVE_INFINITY;
    others[i] = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.length; c++) {
      keep(i, c, ColumnMajorMatrix.squaredDistance(points[i], centres[c]));
    }
    root(i);
  }

  private void keep(int i, int centre, double distance) {
    if (distance < own[i]) {
      others[i] = own[i];
      own[i] = distance;
      labels[i] = centre;
    } else {
      others[i] = Math.min(others[i], distance);
    }
  }

  private void root(int i) {
    own[i] = Math.sqrt(own[i]);
    others[i] = Math.sqrt(others[i]);
  }
}
