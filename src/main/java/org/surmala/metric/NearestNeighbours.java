package org.surmala.metric;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Exact nearest-neighbour search by Euclidean distance. A linear scan: in the dimensions of songs a
 * tree does not pay (ADR 85). Ties go to the lower number. The result is the same at any number of
 * threads.
 */
public final class NearestNeighbours {
  /** Queries that share a pass over the points. */
  private static final int QUERIES = 32;

  private static final int BLOCK = 512;

  /** Number of dimensions from which bounds by a matrix product pay (ADR 85). */
  private static final int WIDE = 64;

  private static final int WIDE_QUERIES = 256;
  private static final int WIDE_BLOCK = 2048;

  private final ColumnMajorMatrix points;

  /** The points row by row; null if there are only single queries. */
  private final double @Nullable [][] rows;

  private NearestNeighbours(ColumnMajorMatrix points, double @Nullable [][] rows) {
    this.points = points;
    this.rows = rows;
  }

  /**
   * A search among points, which must not change meanwhile.
   *
   * @throws IllegalArgumentException if rows differ in length
   */
  public static NearestNeighbours of(double[][] points) {
    return of(points, ColumnMajorMatrix.of(points));
  }

  /** The same with existing columns of the same points. */
  public static NearestNeighbours of(double[][] points, ColumnMajorMatrix columns) {
    return new NearestNeighbours(columns, points);
  }

  /** A search for single queries, which needs no rows. */
  public static NearestNeighbours of(ColumnMajorMatrix columns) {
    return new NearestNeighbours(columns, null);
  }

  /** Decides which points may be neighbours of a query. */
  @FunctionalInterface
  public interface Pairing {
    /** All points except the query itself, if queries are the points. */
    Pairing OTHERS = (query, point) -> query != point;

    /** Every point. */
    Pairing ALL = (query, point) -> true;

    /** Whether this point may be a neighbour of this query. */
    boolean allows(int query, int point);
  }

  /**
   * The points nearest to a query, nearest first.
   *
   * @param query query with the points' dimensions
   * @param count maximum number of points, 1 or more
   * @param wanted accepts points
   */
  public Neighbours nearest(double[] query, int count, IntPredicate wanted) {
    return search(new double[][] {query}, 0, 1, count, (any, point) -> wanted.test(point))[0];
  }

  /**
   * For each query the points nearest to it, nearest first; on all cores.
   *
   * @param queries queries with the points' dimensions
   * @param count maximum number of points per query, 1 or more
   * @param wanted accepts pairs of query and point
   */
  public Neighbours[] nearest(double[][] queries, int count, Pairing wanted) {
    double[][] known = rows;
    boolean isWide = known != null && points.dimensions() >= WIDE && queries.length >= WIDE_QUERIES;
    int group = isWide ? WIDE_QUERIES : QUERIES;
    double[] centre = isWide ? points.mean() : new double[0];
    return IntStream.range(0, (queries.length + group - 1) / group)
        .parallel()
        .mapToObj(
            number -> {
              int first = number * group;
              int last = Math.min(queries.length, first + group);
              return isWide && known != null
                  ? searchByBounds(known, queries, first, last, count, wanted, centre)
                  : search(queries, first, last, count, wanted);
            })
        .flatMap(Arrays::stream)
        .toArray(Neighbours[]::new);
  }

  private Neighbours[] search(double[][] queries, int first, int last, int count, Pairing wanted) {
    int n = points.rows();
    NearestList[] lists = lists(last - first, count);
    double[] squares = new double[Math.min(BLOCK, n)];
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      for (int query = first; query < last; query++) {
        NearestList list = lists[query - first];
        points.squaredDistances(queries[query], from, to, squares);
        for (int point = from; point < to; point++) {
          if (squares[point - from] < list.limit() && wanted.allows(query, point)) {
            list.offer(point, squares[point - from]);
          }
        }
      }
    }
    return sorted(lists);
  }

  /** The same; exact distances are computed only for points that may be near enough. */
  private Neighbours[] searchByBounds(
      double[][] known,
      double[][] queries,
      int first,
      int last,
      int count,
      Pairing wanted,
      double[] centre) {
    int n = points.rows();
    NearestList[] lists = lists(last - first, count);
    try (DistanceBounds bounds = new DistanceBounds(points, centre, queries, first, last)) {
      for (int from = 0; from < n; from += WIDE_BLOCK) {
        int to = Math.min(n, from + WIDE_BLOCK);
        bounds.compute(from, to);
        for (int point = from; point < to; point++) {
          for (int query = first; query < last; query++) {
            NearestList list = lists[query - first];
            if (bounds.mayBeBelow(list.limit(), query - first, point - from)
                && wanted.allows(query, point)) {
              list.offer(point, ColumnMajorMatrix.squaredDistance(known[point], queries[query]));
            }
          }
        }
      }
    }
    return sorted(lists);
  }

  private NearestList[] lists(int queries, int count) {
    NearestList[] lists = new NearestList[queries];
    Arrays.setAll(lists, i -> new NearestList(Math.min(count, Math.max(1, points.rows()))));
    return lists;
  }

  private static Neighbours[] sorted(NearestList[] lists) {
    return Arrays.stream(lists).map(NearestList::sorted).toArray(Neighbours[]::new);
  }

  /**
   * For each query, the radius that includes 1 or more points, or all if there are fewer; on all
   * cores.
   */
  public double[] reaches(double[][] queries, int count) {
    return Arrays.stream(nearest(queries, count, Pairing.ALL))
        .mapToDouble(near -> near.distance(near.size() - 1))
        .toArray();
  }

  /** The points within a radius of a query, the border included, ascending by number. */
  public Neighbours within(double[] query, double radius) {
    double[] squares = new double[points.rows()];
    points.squaredDistances(query, 0, squares.length, squares);
    int[] near =
        IntStream.range(0, squares.length)
            .filter(point -> Math.sqrt(squares[point]) <= radius)
            .toArray();
    return new Neighbours(near, Arrays.stream(near).mapToDouble(i -> squares[i]).toArray());
  }
}
