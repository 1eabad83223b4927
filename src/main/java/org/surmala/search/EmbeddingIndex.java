package org.surmala.search;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.metric.MutualProximity;
import org.surmala.metric.NearestNeighbours;
import org.surmala.metric.Neighbours;
import org.surmala.report.SongPoint;

/** The points of songs under one model, numbered from 0. */
public final class EmbeddingIndex {
  private final ColumnMajorMatrix columns;
  private final MutualProximity proximity;

  private EmbeddingIndex(ColumnMajorMatrix[] spaces) {
    columns = spaces[0];
    proximity = MutualProximity.of(spaces);
  }

  /**
   * Builds an index.
   *
   * @param points one for each song, copied
   * @throws IllegalArgumentException if their lengths differ, or only some have directions
   */
  public static EmbeddingIndex of(List<SongPoint> points) {
    return new EmbeddingIndex(
        Arrays.stream(SongPoint.bySpace(points))
            .map(ColumnMajorMatrix::of)
            .toArray(ColumnMajorMatrix[]::new));
  }

  /** Builds an index of embeddings without directions. */
  public static EmbeddingIndex of(double[][] embeddings) {
    return of(Arrays.stream(embeddings).map(SongPoint::of).toList());
  }

  /** Number of songs. */
  public int size() {
    return columns.rows();
  }

  /** A song's point. */
  public SongPoint point(int song) {
    double[][] spaces = proximity.point(song);
    return new SongPoint(spaces[0], spaces.length == 1 ? new double[0] : spaces[1]);
  }

  /** The embedding of one song, a new array. */
  public double[] of(int song) {
    double[] vector = new double[columns.dimensions()];
    columns.read(song, vector);
    return vector;
  }

  /**
   * Euclidean distances of every song to a latent vector.
   *
   * @throws IllegalArgumentException if the number of dimensions differs
   */
  public double[] distances(double[] vector) {
    requireDimensions(vector);
    double[] distances = new double[size()];
    columns.squaredDistances(vector, 0, size(), distances);
    for (int song = 0; song < distances.length; song++) {
      distances[song] = Math.sqrt(distances[song]);
    }
    return distances;
  }

  /**
   * The songs nearest to a point by mutual proximity, nearest first, with their Euclidean distances
   * in the latent space, which need not ascend.
   *
   * @param wanted accepts songs
   * @param count maximum number of songs, 1 or more
   */
  public List<RankedSong> nearest(SongPoint point, IntPredicate wanted, int count) {
    requireDimensions(point.latent());
    return neighbours(proximity.nearest(point.spaces(), count, wanted));
  }

  /** The songs nearest to a song; more than {@code count} if others are as far as the farthest. */
  List<RankedSong> nearestWithTies(int song, int count) {
    NearestNeighbours search = NearestNeighbours.of(columns);
    double[] vector = of(song);
    Neighbours nearest = search.nearest(vector, count, other -> other != song);
    return neighbours(search.within(vector, nearest.distance(count - 1))).stream()
        .filter(other -> other.song() != song)
        .toList();
  }

  private static List<RankedSong> neighbours(Neighbours found) {
    return IntStream.range(0, found.size())
        .mapToObj(i -> new RankedSong(found.points()[i], found.distance(i)))
        .toList();
  }

  private void requireDimensions(double[] vector) {
    if (vector.length != columns.dimensions()) {
      throw new IllegalArgumentException(
          "the vector has %s dimensions, the songs have %s; embed it by the same model"
              .formatted(vector.length, columns.dimensions()));
    }
  }
}
