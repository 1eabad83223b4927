package org.surmala.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The silhouette (Rousseeuw 1987): for each point (b − a) / max(a, b), where a is its mean
 * Euclidean distance to the others of its cluster and b its mean distance to the nearest other
 * cluster. From -1 (nearer to another cluster) to 1.
 *
 * <p>Equal to scikit-learn 1.2.1's {@code silhouette_samples} and {@code silhouette_score}: the
 * value is 0 for a point alone in its cluster, and if all points coincide. It is defined for 2 to n
 * − 1 clusters only; otherwise every value is NaN, where scikit-learn raises an error. Every label
 * counts as a cluster; remove noise before.
 *
 * <p>O(n² × dimensions) time on all cores, O(n × dimensions) memory. Each point's sum has a fixed
 * order, so the result does not depend on the number of threads.
 */
public final class Silhouette {
  private static final int BLOCK = 256;
  private static final int ROWS_AT_ONCE = 64;
  private static final double Z_95 = 1.959963984540054;

  private Silhouette() {}

  /**
   * The silhouette of a random sample of the points, each against all points.
   *
   * @param low lower end of its 95 % confidence interval
   * @param high upper end
   * @param indices of the sampled points, ascending
   * @param values their silhouettes
   */
  public record Sample(double mean, double low, double high, int[] indices, double[] values) {}

  /** The silhouette of every point. */
  public static double[] perSample(double[][] points, int[] labels) {
    return of(points, labels, IntStream.range(0, points.length).toArray());
  }

  /** The mean over all points; NaN if it is not defined. */
  public static double mean(double[][] points, int[] labels) {
    return mean(perSample(points, labels));
  }

  /**
   * Estimates the mean from a simple random sample, for large collections. The values of the
   * sampled points are exact, so the estimate is unbiased; its interval is the normal interval with
   * finite-population correction.
   *
   * @param size size of the sample; if it is at least the number of points, all points are used
   * @throws IllegalArgumentException if the size is below 2
   */
  public static Sample sample(double[][] points, int[] labels, int size, long seed) {
    return samples(points, List.of(labels), size, seed).get(0);
  }

  /** The same for one or more labellings, which share the distances. */
  public static List<Sample> samples(
      double[][] points, List<int[]> labellings, int size, long seed) {
    if (size < 2) {
      throw new IllegalArgumentException("the sample's size is " + size + "; it must be 2 or more");
    }
    int n = points.length;
    int[] drawn = IntStream.range(0, n).toArray();
    if (size < n) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < size; i++) {
        int other = random.nextInt(i, n);
        int swapped = drawn[i];
        drawn[i] = drawn[other];
        drawn[other] = swapped;
      }
      drawn = Arrays.copyOf(drawn, size);
      Arrays.sort(drawn);
    }
    int[] indices = drawn;
    List<double[]> all =
        labellings.size() == 1
            ? List.of(of(points, labellings.get(0), indices))
            : ofEach(points, labellings, indices);
    return all.stream().map(values -> sample(values, indices, n)).toList();
  }

  private static Sample sample(double[] values, int[] indices, int n) {
    double mean = mean(values);
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean);
    }
    int m = values.length;
    double error = m < 2 ? Double.NaN : Math.sqrt(variance / (m - 1) / m * (1 - (double) m / n));
    return new Sample(mean, mean - Z_95 * error, mean + Z_95 * error, indices, values);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double[] of(double[][] points, int[] labels, int[] queries) {
    requireLabelOfEach(points, labels);
    LabelCodes codes = LabelCodes.of(labels);
    int clusters = codes.count();
    double[] result = new double[queries.length];
    if (clusters < 2 || clusters > points.length - 1) {
      Arrays.fill(result, Double.NaN);
      return result;
    }
    // Members of a cluster are adjacent, so a sum over a cluster is a sum over a range.
    int[] sizes = new int[clusters];
    for (int code : codes.codes()) {
      sizes[code]++;
    }
    int[] starts = new int[clusters + 1];
    for (int c = 0; c < clusters; c++) {
      starts[c + 1] = starts[c] + sizes[c];
    }
    double[][] ordered = new double[points.length][];
    int[] next = starts.clone();
    for (int i = 0; i < points.length; i++) {
      ordered[next[codes.codes()[i]]++] = points[i];
    }
    ColumnMajorMatrix columns = ColumnMajorMatrix.of(ordered);
    int chunks = (queries.length + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
    IntStream.range(0, chunks)
        .parallel()
        .forEach(
            chunk -> {
              int first = chunk * ROWS_AT_ONCE;
              int last = Math.min(queries.length, first + ROWS_AT_ONCE);
              double[][] sums = new double[last - first][clusters];
              addDistances(points, queries, first, columns, starts, sums);
              for (int q = first; q < last; q++) {
                result[q] = silhouette(sums[q - first], sizes, codes.codes()[queries[q]]);
              }
            });
    return result;
  }

  private static void requireLabelOfEach(double[][] points, int[] labels) {
    if (points.length != labels.length) {
      throw new IllegalArgumentException(
          points.length + " points, but " + labels.length + " labels; their numbers must be equal");
    }
  }

  private static List<double[]> ofEach(double[][] points, List<int[]> labellings, int[] queries) {
    labellings.forEach(labels -> requireLabelOfEach(points, labels));
    List<LabelCodes> codes = labellings.stream().map(LabelCodes::of).toList();
    List<int[]> sizes = new ArrayList<>();
    List<double[]> results = new ArrayList<>();
    for (LabelCodes labelling : codes) {
      int[] size = new int[labelling.count()];
      for (int code : labelling.codes()) {
        size[code]++;
      }
      sizes.add(size);
      double[] result = new double[queries.length];
      Arrays.fill(result, Double.NaN);
      results.add(result);
    }
    int n = points.length;
    double[][][] sums =
        distanceSums(
            points,
            Arrays.stream(queries).mapToObj(q -> points[q]).toArray(double[][]::new),
            codes.stream().map(LabelCodes::codes).toList(),
            codes.stream().mapToInt(LabelCodes::count).toArray());
    for (int l = 0; l < sums.length; l++) {
      int clusters = codes.get(l).count();
      for (int q = 0; q < queries.length && clusters >= 2 && clusters <= n - 1; q++) {
        results.get(l)[q] = silhouette(sums[l][q], sizes.get(l), codes.get(l).codes()[queries[q]]);
      }
    }
    return results;
  }

  /**
   * Sums of the distances of some points to the points of each cluster, for several labellings. The
   * sums of a part of the points and of the others add up to those of all.
   *
   * @param labellings the cluster of each point, from 0; -1 is left out
   * @param clusters of each labelling
   * @return by labelling, query and cluster
   */
  public static double[][][] distanceSums(
      double[][] points, double[][] queries, List<int[]> labellings, int[] clusters) {
    ColumnMajorMatrix columns = ColumnMajorMatrix.of(points);
    double[][][] sums = new double[labellings.size()][queries.length][];
    for (int l = 0; l < sums.length; l++) {
      for (int q = 0; q < queries.length; q++) {
        sums[l][q] = new double[clusters[l]];
      }
    }
    int chunks = (queries.length + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
    IntStream.range(0, chunks)
        .parallel()
        .forEach(
            chunk -> {
              int first = chunk * ROWS_AT_ONCE;
              int last = Math.min(queries.length, first + ROWS_AT_ONCE);
              double[] distances = new double[BLOCK];
              for (int from = 0; from < points.length; from += BLOCK) {
                int to = Math.min(points.length, from + BLOCK);
                for (int q = first; q < last; q++) {
                  columns.squaredDistances(queries[q], from, to, distances);
                  for (int j = 0; j < to - from; j++) {
                    distances[j] = Math.sqrt(distances[j]);
                  }
                  for (int l = 0; l < sums.length; l++) {
                    add(distances, labellings.get(l), from, to, sums[l][q]);
                  }
                }
              }
            });
    return sums;
  }

  /**
   * The silhouette by the sums of distances of a sample.
   *
   * @param sums of each point of the sample to the points of each cluster
   * @param sizes points of each cluster, of all points
   * @param own cluster of each point of the sample
   */
  public static Sample ofSums(double[][] sums, int[] sizes, int[] own) {
    int n = Arrays.stream(sizes).sum();
    double[] values = new double[sums.length];
    for (int q = 0; q < values.length; q++) {
      boolean isDefined = sizes.length >= 2 && sizes.length <= n - 1;
      values[q] = isDefined ? silhouette(sums[q], sizes, own[q]) : Double.NaN;
    }
    return sample(values, IntStream.range(0, values.length).toArray(), n);
  }

  private static void add(double[] distances, int[] codes, int from, int to, double[] sums) {
    for (int j = from; j < to; j++) {
      if (codes[j] >= 0) {
        sums[codes[j]] += distances[j - from];
      }
    }
  }

  private static void addDistances(
      double[][] points,
      int[] queries,
      int first,
      ColumnMajorMatrix columns,
      int[] starts,
      double[][] sums) {
    double[] distances = new double[BLOCK];
    for (int cluster = 0; cluster + 1 < starts.length; cluster++) {
      for (int from = starts[cluster]; from < starts[cluster + 1]; from += BLOCK) {
        int to = Math.min(starts[cluster + 1], from + BLOCK);
        for (int row = 0; row < sums.length; row++) {
          columns.squaredDistances(points[queries[first + row]], from, to, distances);
          sums[row][cluster] += sumOfRoots(distances, to - from);
        }
      }
    }
  }

  private static double sumOfRoots(double[] squares, int count) {
    for (int i = 0; i < count; i++) {
      squares[i] = Math.sqrt(squares[i]);
    }
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      s0 += squares[i];
      s1 += squares[i + 1];
      s2 += squares[i + 2];
      s3 += squares[i + 3];
    }
    for (; i < count; i++) {
      s0 += squares[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  private static double silhouette(double[] sums, int[] sizes, int own) {
    if (sizes[own] == 1) {
      return 0;
    }
    double within = sums[own] / (sizes[own] - 1);
    double between = Double.POSITIVE_INFINITY;
    for (int cluster = 0; cluster < sums.length; cluster++) {
      if (cluster != own) {
        between = Math.min(between, sums[cluster] / sizes[cluster]);
      }
    }
    double larger = Math.max(within, between);
    return larger == 0 ? 0 : (between - within) / larger;
  }
}
