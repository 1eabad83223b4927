package org.surmala.search;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.metric.MutualProximity;
import org.surmala.metric.NearestNeighbours;
import org.surmala.metric.Neighbours;

/** The embeddings of songs under one model, numbered from 0. */
public final class EmbeddingIndex {
  private final ColumnMajorMatrix columns;
  private final MutualProximity proximity;

  private EmbeddingIndex(ColumnMajorMatrix columns) {
    this.columns = columns;
    proximity = MutualProximity.of(columns);
  }

  /**
   * Copies the embeddings.
   *
   * @param places one row for each song
   * @throws IllegalArgumentException when rows differ in length
   */
  public static EmbeddingIndex of(double[][] places) {
    return new EmbeddingIndex(ColumnMajorMatrix.of(places));
  }

  /** Number of songs. */
  public int size() {
    return columns.rows();
  }

  /** The embedding of one song, a new array. */
  public double[] of(int song) {
    double[] place = new double[columns.dimensions()];
    columns.read(song, place);
    return place;
  }

  /**
   * Euclidean distances of every song to a latent vector.
   *
   * @throws IllegalArgumentException when the vector has another number of dimensions
   */
  public double[] distances(double[] place) {
    requireDimensions(place);
    double[] distances = new double[size()];
    columns.squaredDistances(place, 0, size(), distances);
    for (int song = 0; song < distances.length; song++) {
      distances[song] = Math.sqrt(distances[song]);
    }
    return distances;
  }

  /**
   * The songs nearest to a latent vector by mutual proximity, nearest first, with their Euclidean
   * distances, which need not ascend.
   *
   * @param wanted songs that may be among them
   * @param count how many at most, 1 or more
   */
  public List<RankedSong> nearest(double[] place, IntPredicate wanted, int count) {
    requireDimensions(place);
    return neighbours(proximity.nearest(place, count, wanted));
  }

  /**
   * The songs nearest to a song, by number; more than {@code count} where the farthest of them is
   * not alone at its distance.
   *
   * @param count 1 or more, below the number of songs
   */
  List<RankedSong> nearestWithTies(int song, int count) {
    NearestNeighbours search = NearestNeighbours.of(columns);
    double[] place = of(song);
    Neighbours nearest = search.nearest(place, count, other -> other != song);
    return neighbours(search.within(place, nearest.distance(count - 1))).stream()
        .filter(other -> other.song() != song)
        .toList();
  }

  private static List<RankedSong> neighbours(Neighbours found) {
    return IntStream.range(0, found.size())
        .mapToObj(i -> new RankedSong(found.points()[i], found.distance(i)))
        .toList();
  }

  private void requireDimensions(double[] place) {
    if (place.length != columns.dimensions()) {
      throw new IllegalArgumentException(
          "the vector has "
              + place.length
              + " dimensions, the songs have "
              + columns.dimensions()
              + "; embed it by the same model");
    }
  }
}
