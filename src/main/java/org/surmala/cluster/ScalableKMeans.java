package org.surmala.cluster;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.surmala.metric.Bootstrap;
import org.surmala.metric.ColumnMajorMatrix;
import org.surmala.schema.PointBlock;

/**
 * The arithmetic of K-Means over blocks of points. Each pass computes a partial result per block
 * and combines the partial results in block order, so that the result does not depend on where or
 * when blocks are processed.
 *
 * <p>Candidate centres are drawn in rounds of one pass each, with probability proportional to the
 * squared distance from earlier candidates (k-means‖: Bahmani et al. 2012). Every point draws
 * {@code −ln(u) / d²}, and the smallest values win: a weighted draw without replacement (Efraimidis
 * and Spirakis 2006). Each candidate is weighted by the number of its nearest points, and a
 * weighted {@link KMeans} of the candidates gives the initial centres of Lloyd's iterations.
 */
final class ScalableKMeans {
  private ScalableKMeans() {}

  static double[][] points(PointBlock block) {
    FloatBuffer values =
        block.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    double[][] points = new double[block.getIds().size()][block.getDimensions()];
    for (double[] point : points) {
      for (int d = 0; d < point.length; d++) {
        point[d] = values.get();
      }
    }
    return points;
  }

  /** Splits numbers into rows with the given number of columns. */
  static double[][] rows(double[] numbers, int columns) {
    double[][] rows = new double[columns == 0 ? 0 : numbers.length / columns][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(numbers, row * columns, (row + 1) * columns);
    }
    return rows;
  }

  /**
   * Draws candidates from a block.
   *
   * @param candidates candidates of earlier rounds; if empty, all points have the same probability
   * @param count largest number of points to draw
   * @return for each drawn point its draw and its coordinates; existing candidates are not drawn
   */
  static double[] draw(PointBlock block, double[][] candidates, int round, int count, long seed) {
    double[][] points = points(block);
    double[] squared = new double[points.length];
    if (candidates.length == 0) {
      Arrays.fill(squared, 1);
    } else {
      nearest(ColumnMajorMatrix.of(points), candidates, squared, new int[points.length]);
    }
    double[] draws = new double[points.length];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = -Math.log(uniform(block.getIds().get(i), round, seed)) / squared[i];
    }
    int[] smallest =
        IntStream.range(0, draws.length)
            .filter(i -> squared[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> draws[i]))
            .limit(count)
            .mapToInt(Integer::intValue)
            .toArray();
    int width = 1 + block.getDimensions();
    double[] drawn = new double[smallest.length * width];
    for (int row = 0; row < smallest.length; row++) {
      drawn[row * width] = draws[smallest[row]];
      System.arraycopy(points[smallest[row]], 0, drawn, row * width + 1, width - 1);
    }
    return drawn;
  }

  /**
   * A uniform number between 0 and 1, exclusive, that depends on the song id and not on its
   * position.
   */
  private static double uniform(String id, int round, long seed) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return Bootstrap.generator(hash ^ seed, round).nextDouble(Double.MIN_NORMAL, 1);
  }

  /** The earlier candidates and the smallest draws of all blocks. */
  static double[][] joinDraws(double[][] before, List<double[]> blocks, int dimensions, int count) {
    List<double[]> drawn = new ArrayList<>();
    blocks.forEach(block -> drawn.addAll(List.of(rows(block, 1 + dimensions))));
    // Ties keep the order of blocks.
    drawn.sort(Comparator.comparingDouble(row -> row[0]));
    List<double[]> all = new ArrayList<>(List.of(before));
    drawn.stream().limit(count).forEach(row -> all.add(Arrays.copyOfRange(row, 1, row.length)));
    return all.toArray(double[][]::new);
  }

  /** For each candidate, the number of points of a block that are nearest to it. */
  static double[] weigh(PointBlock block, double[][] candidates) {
    double[][] points = points(block);
    int[] own = new int[points.length];
    nearest(ColumnMajorMatrix.of(points), candidates, new double[points.length], own);
    double[] weights = new double[candidates.length];
    for (int candidate : own) {
      weights[candidate]++;
    }
    return weights;
  }

  /** Element-wise sum. */
  static double[] join(List<double[]> blocks) {
    double[] sums = new double[blocks.isEmpty() ? 0 : blocks.get(0).length];
    for (double[] block : blocks) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += block[i];
      }
    }
    return sums;
  }

  /** For each centre, the number of its points in a block, then the sums of their coordinates. */
  static double[] sums(PointBlock block, double[][] centres) {
    double[][] points = points(block);
    int[] own = new int[points.length];
    nearest(ColumnMajorMatrix.of(points), centres, new double[points.length], own);
    int width = 1 + block.getDimensions();
    double[] sums = new double[centres.length * width];
    for (int i = 0; i < points.length; i++) {
      int at = own[i] * width;
      sums[at]++;
      for (int d = 1; d < width; d++) {
        sums[at + d] += points[i][d - 1];
      }
    }
    return sums;
  }

  /** The new centres: means of their points; a centre without points does not move. */
  static double[][] moved(double[][] centres, double[] sums) {
    int width = centres.length == 0 ? 0 : 1 + centres[0].length;
    double[][] moved = new double[centres.length][];
    for (int c = 0; c < centres.length; c++) {
      double count = sums[c * width];
      moved[c] = centres[c].clone();
      for (int d = 0; count > 0 && d < moved[c].length; d++) {
        moved[c][d] = sums[c * width + 1 + d] / count;
      }
    }
    return moved;
  }

  /** The nearest centre of each point, ties to the lower number, and its squared distance. */
  static void nearest(ColumnMajorMatrix points, double[][] centres, double[] squared, int[] own) {
    int n = points.rows();
    Arrays.fill(squared, Double.POSITIVE_INFINITY);
    double[] distances = new double[n];
    for (int c = 0; c < centres.length; c++) {
      points.squaredDistances(centres[c], 0, n, distances);
      for (int i = 0; i < n; i++) {
        if (distances[i] < squared[i]) {
          squared[i] = distances[i];
          own[i] = c;
        }
      }
    }
  }
}
