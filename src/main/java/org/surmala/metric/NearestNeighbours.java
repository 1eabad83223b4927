package org.surmala.metric;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Exact search among points for those near to a place, by Euclidean distance. Every point is looked
 * at: in the dimensions of songs a tree does not pay (ADR 50). Of equally near points the lower
 * number comes first. The result is the same at any number of threads.
 */
public final class NearestNeighbours {
  /** Queries that share a pass over the points, and points that a pass holds in the cache. */
  private static final int QUERIES = 32;

  private static final int BLOCK = 512;

  private final Columns points;

  /** A search among these points, which are not copied. */
  public NearestNeighbours(Columns points) {
    this.points = points;
  }

  /**
   * A search among a copy of these points.
   *
   * @throws IllegalArgumentException when rows differ in length
   */
  public static NearestNeighbours of(double[][] points) {
    return new NearestNeighbours(Columns.of(points));
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
    return IntStream.range(0, (places.length + QUERIES - 1) / QUERIES)
        .parallel()
        .mapToObj(
            group ->
                search(
                    places,
                    group * QUERIES,
                    Math.min(places.length, (group + 1) * QUERIES),
                    count,
                    wanted))
        .flatMap(Arrays::stream)
        .toArray(Neighbours[]::new);
  }

  private Neighbours[] search(double[][] places, int first, int last, int count, Pairing wanted) {
    int n = points.rows();
    NearestList[] lists = new NearestList[last - first];
    Arrays.setAll(lists, i -> new NearestList(Math.min(count, Math.max(1, n))));
    double[] squares = new double[Math.min(BLOCK, n)];
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      for (int place = first; place < last; place++) {
        NearestList list = lists[place - first];
        points.squaredDistances(places[place], from, to, squares);
        for (int point = from; point < to; point++) {
          double square = squares[point - from];
          if (list.takes(square) && wanted.allows(place, point)) {
            list.offer(point, square);
          }
        }
      }
    }
    return Arrays.stream(lists).map(NearestList::sorted).toArray(Neighbours[]::new);
  }

  /**
   * Of each of some places the radius within which there are so many points, or all of fewer; on
   * all cores.
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
