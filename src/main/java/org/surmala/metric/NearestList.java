package org.surmala.metric;

import java.util.Arrays;

/**
 * A bounded list of the nearest offered points. Points must be offered in ascending order of their
 * numbers; ties go to the lower number. A heap with the farthest point at its root, so that an
 * offer takes logarithmic time.
 */
public final class NearestList {
  private final int[] points;
  private final double[] squares;
  private int size;

  /** An empty list of at most {@code wanted} points, 1 or more. */
  public NearestList(int wanted) {
    points = new int[wanted];
    squares = new double[wanted];
  }

  /** Squared distance from which the next offered point is rejected. */
  double limit() {
    return size < points.length ? Double.POSITIVE_INFINITY : squares[0];
  }

  /** Adds a point if it is among the nearest so far. */
  public void offer(int point, double square) {
    if (size < points.length) {
      up(size++, point, square);
    } else if (square < squares[0]) {
      down(0, size, point, square);
    }
  }

  /** The points, nearest first. The list must not be used afterwards. */
  public Neighbours sorted() {
    for (int end = size - 1; end > 0; end--) {
      int point = points[end];
      double square = squares[end];
      points[end] = points[0];
      squares[end] = squares[0];
      down(0, end, point, square);
    }
    return new Neighbours(Arrays.copyOf(points, size), Arrays.copyOf(squares, size));
  }

  private void up(int from, int point, double square) {
    int at = from;
    while (at > 0 && isFarther(point, square, (at - 1) / 2)) {
      set(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
    points[at] = point;
    squares[at] = square;
  }

  private void down(int from, int end, int point, double square) {
    int at = from;
    for (int child = 2 * at + 1; child < end; child = 2 * at + 1) {
      if (child + 1 < end && isFarther(points[child + 1], squares[child + 1], child)) {
        child++;
      }
      if (isFarther(point, square, child)) {
        break;
      }
      set(at, child);
      at = child;
    }
    points[at] = point;
    squares[at] = square;
  }

  private void set(int at, int from) {
    points[at] = points[from];
    squares[at] = squares[from];
  }

  private boolean isFarther(int point, double square, int than) {
    return square > squares[than] || (square == squares[than] && point > points[than]);
  }
}
