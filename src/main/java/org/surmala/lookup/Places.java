package org.surmala.lookup;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import org.surmala.metric.Columns;

/** The songs' places in the latent space of one model, numbered from 0. */
public final class Places {
  private final Columns columns;

  private Places(Columns columns) {
    this.columns = columns;
  }

  /**
   * Takes a copy of the places.
   *
   * @param places one row for each song
   * @throws IllegalArgumentException when rows differ in length
   */
  public static Places of(double[][] places) {
    return new Places(Columns.of(places));
  }

  /** Number of songs. */
  public int size() {
    return columns.rows();
  }

  /** The place of one song, a new array. */
  public double[] of(int song) {
    double[] place = new double[columns.dimensions()];
    columns.read(song, place);
    return place;
  }

  /**
   * Euclidean distances of every song to a place.
   *
   * @throws IllegalArgumentException when the place has another number of dimensions
   */
  public double[] distances(double[] place) {
    if (place.length != columns.dimensions()) {
      throw new IllegalArgumentException(
          "the place has "
              + place.length
              + " dimensions, the songs have "
              + columns.dimensions()
              + "; embed it by the same model");
    }
    double[] distances = new double[size()];
    columns.squaredDistances(place, 0, size(), distances);
    for (int song = 0; song < distances.length; song++) {
      distances[song] = Math.sqrt(distances[song]);
    }
    return distances;
  }

  /**
   * The songs nearest to a place, the nearest first; of equally near ones the lower number first.
   *
   * @param wanted songs that may be among them
   * @param count how many at most, 1 or more
   */
  public List<Neighbour> nearest(double[] place, IntPredicate wanted, int count) {
    double[] distances = distances(place);
    Comparator<Neighbour> order =
        Comparator.comparingDouble(Neighbour::distance).thenComparing(Neighbour::song);
    // The farthest of those that are kept is at the head.
    PriorityQueue<Neighbour> kept = new PriorityQueue<>(order.reversed());
    double farthest = Double.POSITIVE_INFINITY;
    for (int song = 0; song < distances.length; song++) {
      if ((distances[song] < farthest || kept.size() < count) && wanted.test(song)) {
        kept.add(new Neighbour(song, distances[song]));
        if (kept.size() > count) {
          kept.remove();
        }
        farthest = kept.element().distance();
      }
    }
    return kept.stream().sorted(order).toList();
  }
}
