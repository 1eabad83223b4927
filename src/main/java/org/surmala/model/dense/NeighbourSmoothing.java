package org.surmala.model.dense;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.metric.Covariance;
import org.surmala.metric.MutualProximity;
import org.surmala.metric.PrincipalComponents;
import org.surmala.model.Tensors;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;

/**
 * Smoothing over the graph of neighbours: the embedding of a song is the mean of its features and
 * those of its nearest songs, weighted by mutual proximity ({@link MutualProximity}) in the latent
 * space and in the song directions, in {@link #ROUNDS} rounds, along the principal components of
 * these means. A song that is close to none keeps its own features, so that it stays far from the
 * others.
 *
 * <p>The neighbours are songs of the fit: all, or {@value #MOST_SONGS} spread evenly. A new song
 * takes its rounds among the smoothed features of these songs. Safe for use by several threads.
 */
final class NeighbourSmoothing {
  /** Largest number of songs that are searched, which bounds the model and the time of a query. */
  static final int MOST_SONGS = 5_000;

  /** Rounds of smoothing, the last of which embeds a song (ADR 121). */
  private static final int ROUNDS = 3;

  private static final String AXES = "smoothing_axes";
  private static final String CENTRE = "smoothing_centre";
  private static final String LATENT = "smoothing_latent";
  private static final String DIRECTIONS = "smoothing_directions";
  private static final String SMOOTHED = "smoothing_embeddings";

  private final int neighbours;

  /** Principal components, dimensions × columns, row by row. */
  private final float[] axes;

  /** Features at the origin of the embeddings. */
  private final float[] centre;

  /** The songs in the latent space and in the song directions, row by row. */
  private final float[] latent;

  private final float[] directions;

  /** Embeddings of the songs after all rounds but the last, row by row. */
  private final float[] smoothed;

  private final int songs;
  private final MutualProximity proximity;

  private NeighbourSmoothing(
      int neighbours,
      int songs,
      float[] axes,
      float[] centre,
      float[] latent,
      float[] directions,
      float[] smoothed) {
    this.neighbours = neighbours;
    this.songs = songs;
    this.axes = axes;
    this.centre = centre;
    this.latent = latent;
    this.directions = directions;
    this.smoothed = smoothed;
    proximity = proximity(songs, latent, directions);
  }

  /**
   * Smooths the features of songs.
   *
   * @param neighbours nearest songs of each song
   * @param most largest number of dimensions of the embeddings
   * @param prepared preprocessed features, one row for each song
   * @param latent latent vectors of the same songs, row by row
   * @param directions coordinates along the song directions, row by row
   */
  static NeighbourSmoothing fit(
      int neighbours, int most, float[][] prepared, float[] latent, float[] directions) {
    int columns = prepared[0].length;
    int dimensions = Math.min(most, columns);
    MutualProximity proximity = proximity(prepared.length, latent, directions);
    List<Edges> edges =
        IntStream.range(0, prepared.length)
            .parallel()
            .mapToObj(i -> Edges.of(proximity, proximity.point(i), neighbours, j -> j != i))
            .toList();
    float[][] smooth = prepared;
    for (int round = 0; round < ROUNDS; round++) {
      smooth = smoothed(smooth, edges);
    }
    Covariance covariance = new Covariance(columns);
    for (float[] row : smooth) {
      covariance.add(row, 0);
    }
    PrincipalComponents components = PrincipalComponents.of(covariance);
    float[] axes = new float[dimensions * columns];
    float[] centre = new float[columns];
    double[] mean = covariance.mean();
    for (int j = 0; j < columns; j++) {
      centre[j] = (float) mean[j];
    }
    for (int k = 0; k < dimensions; k++) {
      double[] axis = components.axis(k);
      for (int j = 0; j < columns; j++) {
        axes[k * columns + j] = (float) axis[j];
      }
    }
    float[][] embeddings = new float[prepared.length][];
    for (int i = 0; i < embeddings.length; i++) {
      embeddings[i] = projected(axes, centre, prepared[i]);
    }
    for (int round = 1; round < ROUNDS; round++) {
      embeddings = smoothed(embeddings, edges);
    }
    float[] all = new float[embeddings.length * dimensions];
    for (int i = 0; i < embeddings.length; i++) {
      System.arraycopy(embeddings[i], 0, all, i * dimensions, dimensions);
    }
    return new NeighbourSmoothing(
        neighbours, prepared.length, axes, centre, latent, directions, all);
  }

  /** Loads what {@link #tensors} saved; null if the model has no smoothing. */
  static @Nullable NeighbourSmoothing load(Model model, int neighbours) {
    return model.getTensors().stream()
        .filter(tensor -> tensor.getName().equals(SMOOTHED))
        .findFirst()
        .map(
            tensor ->
                new NeighbourSmoothing(
                    neighbours,
                    tensor.getShape().get(0),
                    Tensors.values(model, AXES),
                    Tensors.values(model, CENTRE),
                    Tensors.values(model, LATENT),
                    Tensors.values(model, DIRECTIONS),
                    Tensors.values(model, SMOOTHED)))
        .orElse(null);
  }

  /** The songs, their embeddings and the principal components. */
  List<Tensor> tensors() {
    return List.of(
        Tensors.tensor(AXES, axes, dimensions(), centre.length),
        Tensors.tensor(CENTRE, centre, centre.length),
        Tensors.tensor(LATENT, latent, songs, latent.length / songs),
        Tensors.tensor(DIRECTIONS, directions, songs, directions.length / songs),
        Tensors.tensor(SMOOTHED, smoothed, songs, dimensions()));
  }

  /** Number of dimensions of an embedding. */
  int dimensions() {
    return axes.length / centre.length;
  }

  /** The embedding of a song from its features, latent vector and song-direction coordinates. */
  float[] embed(float[] prepared, float[] vector, float[] coordinates) {
    double[][] query = {
      doubles(vector, 0, vector.length), doubles(coordinates, 0, coordinates.length)
    };
    Edges near = Edges.of(proximity, query, neighbours + 1, song -> true);
    if (Arrays.deepEquals(query, proximity.point(near.songs()[0]))) {
      // A song of the fit.
      return mean(row(near.songs()[0]), near.range(1, neighbours), this::row);
    }
    float[] embedding = projected(axes, centre, prepared);
    Edges nearest = near.range(0, neighbours);
    for (int round = 0; round < ROUNDS; round++) {
      embedding = mean(embedding, nearest, this::row);
    }
    return embedding;
  }

  /** The preprocessed features at a point of the embedding space. */
  float[] decode(float[] vector) {
    float[] row = new float[centre.length];
    for (int j = 0; j < row.length; j++) {
      double sum = centre[j];
      for (int k = 0; k < vector.length; k++) {
        sum += (double) axes[k * row.length + j] * vector[k];
      }
      row[j] = (float) sum;
    }
    return row;
  }

  private float[] row(int song) {
    return Arrays.copyOfRange(smoothed, song * dimensions(), (song + 1) * dimensions());
  }

  /** The rows after one round. */
  private static float[][] smoothed(float[][] rows, List<Edges> edges) {
    return IntStream.range(0, rows.length)
        .parallel()
        .mapToObj(i -> mean(rows[i], edges.get(i), j -> rows[j]))
        .toArray(float[][]::new);
  }

  /** The weighted mean of a row, with weight 1, and those of neighbours. */
  private static float[] mean(float[] own, Edges near, IntFunction<float[]> rows) {
    double[] sum = doubles(own, 0, own.length);
    double total = 1;
    for (int i = 0; i < near.songs().length; i++) {
      double weight = near.weights()[i];
      float[] row = rows.apply(near.songs()[i]);
      total += weight;
      for (int d = 0; d < sum.length; d++) {
        sum[d] += weight * row[d];
      }
    }
    float[] mean = new float[sum.length];
    for (int d = 0; d < sum.length; d++) {
      mean[d] = (float) (sum[d] / total);
    }
    return mean;
  }

  private static float[] projected(float[] axes, float[] centre, float[] row) {
    float[] vector = new float[axes.length / centre.length];
    for (int k = 0; k < vector.length; k++) {
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        sum += ((double) row[j] - centre[j]) * axes[k * row.length + j];
      }
      vector[k] = (float) sum;
    }
    return vector;
  }

  private static MutualProximity proximity(int songs, float[]... spaces) {
    return MutualProximity.of(
        Stream.of(spaces)
            .map(
                space -> {
                  int width = space.length / songs;
                  double[][] rows = new double[songs][];
                  Arrays.setAll(rows, i -> doubles(space, i * width, width));
                  return ColumnMajorMatrix.of(rows);
                })
            .toArray(ColumnMajorMatrix[]::new));
  }

  private static double[] doubles(float[] values, int offset, int count) {
    double[] doubles = new double[count];
    Arrays.setAll(doubles, i -> values[offset + i]);
    return doubles;
  }

  /** The nearest songs of a song, and their mutual proximity to it, 0 to 1. */
  private record Edges(int[] songs, double[] weights) {
    static Edges of(MutualProximity proximity, double[][] query, int count, IntPredicate wanted) {
      int[] songs = proximity.nearest(query, count, wanted).points();
      return new Edges(songs, proximity.proximities(query, songs));
    }

    /** At most {@code count} songs from one on. */
    Edges range(int first, int count) {
      int end = Math.min(first + count, songs.length);
      return new Edges(
          Arrays.copyOfRange(songs, first, end), Arrays.copyOfRange(weights, first, end));
    }
  }
}
