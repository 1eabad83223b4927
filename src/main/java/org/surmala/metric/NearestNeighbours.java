package org.surmala.metric;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Exact search among points for those near to a place, by Euclidean distance. Every point is looked
 * at: in the dimensions of songs a tree does not pay (ADR 85). Of equally near points the lower
 * number comes first. The result is the same at any number of threads.
 */
public final class NearestNeighbours {
  /** Queries that share a pass over the points, and points that a pass holds in the cache. */
  private static final int QUERIES = 32;

  private static final int BLOCK = 512;

  /** Dimensions from which a product of matrices that rules most points out pays (ADR 85). */
  private static final int WIDE = 64;

  private static final int WIDE_QUERIES = 256;
  private static final int WIDE_BLOCK = 2048;

  private final ColumnMajorMatrix points;

  /** The points row by row; null where only single places are searched for. */
  private final double @Nullable [][] rows;

  private NearestNeighbours(ColumnMajorMatrix points, double @Nullable [][] rows) {
    this.points = points;
    this.rows = rows;
  }

  /**
   * A search among points, which must not change while it is used.
   *
   * @throws IllegalArgumentException when rows differ in length
   */
  public static NearestNeighbours of(double[][] points) {
    return of(points, ColumnMajorMatrix.of(points));
  }

  /**
   * The same, where the columns are there already.
   *
   * @param columns of the same points
   */
  public static NearestNeighbours of(double[][] points, ColumnMajorMatrix columns) {
    return new NearestNeighbours(columns, points);
  }

  /** A search for one place at a time, which needs no rows. */
  public static NearestNeighbours of(ColumnMajorMatrix columns) {
    return new NearestNeighbours(columns, null);
  }

  /** Which points may be among the neighbours of a query. */
  @FunctionalInterface
  public interface Pairing {
    /** All but the query itself, where queries are the points. */
    Pairing OTHERS = (query, point) -> query != point;

    /** Every point. */
    Pairing ALL = (query, point) -> true;

    /** Whether this point may be a neighbour of this query. */
    boolean allows(int query, int point);
  }

  /**
   * The points nearest to a place, the nearest first.
   *
   * @param place of the points' dimensions
   * @param count how many at most, 1 or more
   * @param wanted points that may be among them
   */
  public Neighbours nearest(double[] place, int count, IntPredicate wanted) {
    return search(new double[][] {place}, 0, 1, count, (query, point) -> wanted.test(point))[0];
  }

  /**
   * Of each of some places the points nearest to it, the nearest first; on all cores.
   *
   * @param places of the points' dimensions
   * @param count how many at most, 1 or more
   * @param wanted points that may be among those of a place
   */
  public Neighbours[] nearest(double[][] places, int count, Pairing wanted) {
    double[][] known = rows;
    boolean isWide = known != null && points.dimensions() >= WIDE && places.length >= WIDE_QUERIES;
    int group = isWide ? WIDE_QUERIES : QUERIES;
    double[] centre = isWide ? points.mean() : new double[0];
    return IntStream.range(0, (places.length + group - 1) / group)
        .parallel()
        .mapToObj(
            number -> {
              int first = number * group;
              int last = Math.min(places.length, first + group);
              return isWide && known != null
                  ? searchByBounds(known, places, first, last, count, wanted, centre)
                  : search(places, first, last, count, wanted);
            })
        .flatMap(Arrays::stream)
        .toArray(Neighbours[]::new);
  }

  private Neighbours[] search(double[][] places, int first, int last, int count, Pairing wanted) {
    int n = points.rows();
    NearestList[] lists = lists(last - first, count);
    double[] squares = new double[Math.min(BLOCK, n)];
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      for (int place = first; place < last; place++) {
        NearestList list = lists[place - first];
        points.squaredDistances(places[place], from, to, squares);
        for (int point = from; point < to; point++) {
          if (squares[point - from] < list.limit() && wanted.allows(place, point)) {
            list.offer(point, squares[point - from]);
          }
        }
      }
    }
    return sorted(lists);
  }

  /** The same, with distances computed of those points alone that may be near enough. */
  private Neighbours[] searchByBounds(
      double[][] known,
      double[][] places,
      int first,
      int last,
      int count,
      Pairing wanted,
      double[] centre) {
    int n = points.rows();
    NearestList[] lists = lists(last - first, count);
    try (DistanceBounds bounds = new DistanceBounds(points, centre, places, first, last)) {
      for (int from = 0; from < n; from += WIDE_BLOCK) {
        int to = Math.min(n, from + WIDE_BLOCK);
        bounds.compute(from, to);
        for (int point = from; point < to; point++) {
          for (int place = first; place < last; place++) {
            NearestList list = lists[place - first];
            if (bounds.mayBeBelow(list.limit(), place - first, point - from)
                && wanted.allows(place, point)) {
              list.offer(point, ColumnMajorMatrix.squaredDistance(known[point], places[place]));
            }
          }
        }
      }
    }
    return sorted(lists);
  }

  private NearestList[] lists(int places, int count) {
    NearestList[] lists = new NearestList[places];
    Arrays.setAll(lists, i -> new NearestList(Math.min(count, Math.max(1, points.rows()))));
    return lists;
  }

  private static Neighbours[] sorted(NearestList[] lists) {
    return Arrays.stream(lists).map(NearestList::sorted).toArray(Neighbours[]::new);
  }

  /**
   * For each of the given points, the radius that includes the given number of points, or all if
   * there are fewer; on all cores.
   *
   * @param count 1 or more
   */
  public double[] reaches(double[][] places, int count) {
    return Arrays.stream(nearest(places, count, Pairing.ALL))
        .mapToDouble(near -> near.distance(near.size() - 1))
        .toArray();
  }

  /** The points within a radius of a place, the border included, ascending by number. */
  public Neighbours within(double[] place, double radius) {
    double[] squares = new double[points.rows()];
    points.squaredDistances(place, 0, squares.length, squares);
    int[] near =
        IntStream.range(0, squares.length)
            .filter(point -> Math.sqrt(squares[point]) <= radius)
            .toArray();
    return new Neighbours(near, Arrays.stream(near).mapToDouble(i -> squares[i]).toArray());
  }
}
