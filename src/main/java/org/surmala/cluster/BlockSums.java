package org.surmala.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.surmala.metric.Silhouette;
import org.surmala.schema.BlockAnswer;
import org.surmala.schema.Clustering;
import org.surmala.schema.PointBlock;
import org.surmala.schema.Population;
import org.surmala.schema.SweepState;

/**
 * Sums over all songs, block by block, from which the clusterings of a {@link SampledSweep} are
 * scored.
 */
final class BlockSums {
  private BlockSums() {}

  private static List<int[]> labels(double[][] points, SweepState state) {
    return state.getClusterings().stream()
        .map(
            c ->
                SampledSweep.labels(
                    points, SavedPredictors.load(Objects.requireNonNull(c.getFitted()))))
        .toList();
  }

  /**
   * Counts the songs of a block.
   *
   * @return number of songs, mean and squared deviations in each dimension; then for each cluster
   *     of each clustering the number of its songs and the sums of their coordinates; and
   *     separately the smallest id of each cluster, empty without songs
   */
  static BlockAnswer counts(PointBlock block, SweepState state) {
    double[][] points = ScalableKMeans.points(block);
    int dimensions = block.getDimensions();
    List<double[]> numbers = new ArrayList<>();
    List<String> first = new ArrayList<>();
    numbers.add(new double[] {points.length});
    numbers.addAll(moments(points, dimensions));
    List<int[]> labels = labels(points, state);
    for (int c = 0; c < labels.size(); c++) {
      int clusters = clusters(state.getClusterings().get(c));
      double[][] sums = new double[clusters][1 + dimensions];
      String[] ids = new String[clusters];
      Arrays.fill(ids, "");
      for (int i = 0; i < points.length; i++) {
        int cluster = labels.get(c)[i];
        if (cluster >= 0) {
          if (sums[cluster][0]++ == 0) {
            ids[cluster] = block.getIds().get(i);
          }
          for (int d = 0; d < dimensions; d++) {
            sums[cluster][1 + d] += points[i][d];
          }
        }
      }
      numbers.addAll(List.of(sums));
      first.addAll(List.of(ids));
    }
    return answer(block, numbers, first);
  }

  /** Number of clusters of a clustering's predictor, with or without songs. */
  static int clusters(Clustering clustering) {
    return Objects.requireNonNull(clustering.getFitted()).getClusters();
  }

  private static List<double[]> moments(double[][] points, int dimensions) {
    double[] mean = new double[dimensions];
    double[] squares = new double[dimensions];
    for (double[] point : points) {
      for (int d = 0; d < dimensions; d++) {
        mean[d] += point[d] / points.length;
      }
    }
    for (double[] point : points) {
      for (int d = 0; d < dimensions; d++) {
        squares[d] += (point[d] - mean[d]) * (point[d] - mean[d]);
      }
    }
    return List.of(mean, squares);
  }

  private static BlockAnswer answer(PointBlock block, List<double[]> numbers, List<String> ids) {
    return new BlockAnswer(
        block.getNumber(),
        block.getDimensions(),
        PackedDoubles.doubles(numbers.stream().flatMapToDouble(Arrays::stream).toArray()),
        ids,
        0,
        null);
  }

  /** The clusterings with their sizes and centroids. */
  static SweepState counted(SweepState state, List<BlockAnswer> answers) {
    int dimensions = state.getSample().getDimensions();
    double[] all = ScalableKMeans.join(BlockPass.numbers(answers));
    ByteBuffer deviations = PackedDoubles.doubles(deviations(answers, dimensions));
    List<Clustering> counted = new ArrayList<>();
    int at = 1 + 2 * dimensions;
    int row = 0;
    for (Clustering clustering : state.getClusterings()) {
      int clusters = clusters(clustering);
      int[] sizes = new int[clusters];
      double[][] centroids = new double[clusters][dimensions];
      for (int c = 0; c < clusters; c++) {
        sizes[c] = (int) all[at++];
        for (int d = 0; d < dimensions; d++) {
          centroids[c][d] = all[at++] / sizes[c];
        }
      }
      String[] first = new String[clusters];
      for (int c = 0; c < clusters; c++) {
        int place = row++;
        first[c] =
            answers.stream()
                .map(answer -> answer.getIds().get(place))
                .filter(id -> !id.isEmpty())
                .min(Comparator.naturalOrder())
                .orElse("");
      }
      int[] ordered =
          IntStream.range(0, clusters)
              .filter(c -> sizes[c] > 0)
              .boxed()
              .sorted(Comparator.comparing((Integer c) -> -sizes[c]).thenComparing(c -> first[c]))
              .mapToInt(Integer::intValue)
              .toArray();
      int[] numbers = new int[clusters];
      Arrays.fill(numbers, -1);
      for (int number = 0; number < ordered.length; number++) {
        numbers[ordered[number]] = number;
      }
      Clustering measured =
          Clustering.newBuilder(clustering)
              .setK(ordered.length)
              .setCentroids(PackedDoubles.doubles(centroids))
              .setPopulation(
                  Population.newBuilder(Objects.requireNonNull(clustering.getPopulation()))
                      .setSizes(Arrays.stream(sizes).boxed().toList())
                      .setDeviations(deviations)
                      .build())
              .build();
      counted.add(
          ClusterCorrespondence.renumbered(
              measured, PackedDoubles.ints(clustering.getLabels()), numbers, ordered.length));
    }
    return new SweepState(state.getSample(), counted, state.getFirst());
  }

  /** Standard deviations of all songs (Chan, Golub and LeVeque 1979). */
  private static double[] deviations(List<BlockAnswer> answers, int dimensions) {
    double songs = 0;
    double[] mean = new double[dimensions];
    double[] squares = new double[dimensions];
    for (double[] block : BlockPass.numbers(answers)) {
      double count = block[0];
      for (int d = 0; d < dimensions; d++) {
        double difference = block[1 + d] - mean[d];
        mean[d] += difference * count / (songs + count);
        squares[d] +=
            block[1 + dimensions + d] + difference * difference * songs * count / (songs + count);
      }
      songs += count;
    }
    double all = songs;
    return Arrays.stream(squares).map(square -> Math.sqrt(square / all)).toArray();
  }

  /**
   * Measures the clusters in a block.
   *
   * @return for each cluster of each clustering the sum of its songs' distances to its centroid,
   *     and of their squares
   */
  static BlockAnswer spreads(PointBlock block, SweepState state) {
    double[][] points = ScalableKMeans.points(block);
    List<int[]> labels = labels(points, state);
    List<double[]> numbers = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      double[][] centroids = centroids(state.getClusterings().get(c));
      double[] sums = new double[2 * centroids.length];
      for (int i = 0; i < points.length; i++) {
        int cluster = labels.get(c)[i];
        if (cluster >= 0) {
          double squared = Geometry.squaredDistance(points[i], centroids[cluster]);
          sums[2 * cluster] += Math.sqrt(squared);
          sums[2 * cluster + 1] += squared;
        }
      }
      numbers.add(sums);
    }
    return answer(block, numbers, List.of());
  }

  static double[][] centroids(Clustering clustering) {
    return ScalableKMeans.rows(
        PackedDoubles.doubles(clustering.getCentroids()), clustering.getDimensions());
  }

  /**
   * Measures some songs of the sample against a block.
   *
   * @param queries their indices in the sample
   * @return for each of them, the sum of its distances to the songs of each cluster of each
   *     clustering
   */
  static List<double[]> distances(PointBlock block, SweepState state, int[] queries) {
    double[][] points = ScalableKMeans.points(block);
    double[][] sample = ScalableKMeans.points(state.getSample());
    double[][][] sums =
        Silhouette.distanceSums(
            points,
            Arrays.stream(queries).mapToObj(q -> sample[q]).toArray(double[][]::new),
            labels(points, state),
            state.getClusterings().stream().mapToInt(Clustering::getK).toArray());
    return IntStream.range(0, queries.length)
        .mapToObj(q -> Arrays.stream(sums).flatMapToDouble(of -> Arrays.stream(of[q])).toArray())
        .toList();
  }
}
