package org.surmala.metric;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Agreement of two labellings of the same elements, independent of the names of labels: the truth
 * and the clustering. Adjusted Rand, mutual information, V and Fowlkes–Mallows are symmetric.
 *
 * <p>Every score equals that of the named function of scikit-learn 1.2.1, including edge cases:
 * noise (-1) counts as a cluster; without elements, and with one cluster in both labellings, the
 * agreement is perfect.
 *
 * <p>Elements may have the weights of a bootstrap sample: an element drawn w times counts w times,
 * but forms no pairs with itself, since such pairs always agree and would raise every pair-counting
 * score.
 */
public final class ExternalIndices {
  private static final double EPSILON = Math.ulp(1.0);
  private static final double NEGLIGIBLE = 1e-20;

  private final int rows;
  private final int columns;
  private final double[] cells;
  private final double[] rowSums;
  private final double[] columnSums;
  private final double total;
  private final double squaredWeights;
  private final int groupsOfTruth;
  private final int groupsOfClusters;

  private ExternalIndices(int rows, int columns, double[] cells, double squaredWeights) {
    this.rows = rows;
    this.columns = columns;
    this.cells = cells;
    this.squaredWeights = squaredWeights;
    rowSums = new double[rows];
    columnSums = new double[columns];
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double cell = cells[row * columns + column];
        rowSums[row] += cell;
        columnSums[column] += cell;
        sum += cell;
      }
    }
    total = sum;
    groupsOfTruth = positive(rowSums);
    groupsOfClusters = positive(columnSums);
  }

  /**
   * Compares two labellings.
   *
   * @throws IllegalArgumentException if their lengths differ
   */
  public static ExternalIndices of(int[] truth, int[] clusters) {
    return of(LabelCodes.of(truth), LabelCodes.of(clusters));
  }

  /**
   * Compares two coded labellings.
   *
   * @throws IllegalArgumentException if their lengths differ
   */
  public static ExternalIndices of(LabelCodes truth, LabelCodes clusters) {
    int n = sameLength(truth, clusters);
    double[] cells = new double[Math.multiplyExact(truth.count(), clusters.count())];
    for (int i = 0; i < n; i++) {
      cells[truth.codes()[i] * clusters.count() + clusters.codes()[i]]++;
    }
    return new ExternalIndices(truth.count(), clusters.count(), cells, n);
  }

  /**
   * Compares two labellings by their table.
   *
   * @param cells numbers of elements, a row for each label of the truth and a column for each
   *     cluster, one row after another
   */
  public static ExternalIndices of(int rows, int columns, double[] cells) {
    return new ExternalIndices(rows, columns, cells.clone(), Arrays.stream(cells).sum());
  }

  /**
   * Compares two coded labellings of weighted elements.
   *
   * @param weights weight of each element, 0 or more
   * @throws IllegalArgumentException if the lengths differ
   */
  public static ExternalIndices of(LabelCodes truth, LabelCodes clusters, int[] weights) {
    int n = sameLength(truth, clusters);
    if (weights.length != n) {
      throw new IllegalArgumentException(n + " labels, but " + weights.length + " weights");
    }
    double[] cells = new double[Math.multiplyExact(truth.count(), clusters.count())];
    double squares = 0;
    for (int i = 0; i < n; i++) {
      int weight = weights[i];
      cells[truth.codes()[i] * clusters.count() + clusters.codes()[i]] += weight;
      squares += (double) weight * weight;
    }
    return new ExternalIndices(truth.count(), clusters.count(), cells, squares);
  }

  /**
   * The agreement on a bootstrap sample of the same size. The cells of the contingency table are
   * drawn directly, in time linear in the table and independent of the elements. Self-pairs, which
   * depend on single elements, are removed by their expected number.
   */
  public ExternalIndices resampled(SplittableRandom random) {
    double[] drawn = new double[cells.length];
    long left = Math.round(total);
    long among = left;
    double squares = 0;
    for (int i = 0; i < cells.length; i++) {
      long size = Math.round(cells[i]);
      if (size > 0) {
        long count = size == among ? left : Binomial.draw(left, (double) size / among, random);
        drawn[i] = count;
        squares += count + count * (count - 1.0) / size;
        left -= count;
        among -= size;
      }
    }
    return new ExternalIndices(rows, columns, drawn, squares);
  }

  private static int sameLength(LabelCodes truth, LabelCodes clusters) {
    if (truth.codes().length != clusters.codes().length) {
      throw new IllegalArgumentException(
          "%s true labels, but %s clusters; they must be of the same elements"
              .formatted(truth.codes().length, clusters.codes().length));
    }
    return truth.codes().length;
  }

  /**
   * Adjusted Rand index, at most 1; 0 on average by chance (Hubert and Arabie 1985; {@code
   * adjusted_rand_score}).
   */
  public double adjustedRand() {
    double same = sumOfSquares(cells);
    double both = same - squaredWeights;
    double onlyClusters = sumOfSquares(columnSums) - same;
    double onlyTruth = sumOfSquares(rowSums) - same;
    double neither = total * total - onlyClusters - onlyTruth - same;
    if (onlyClusters == 0 && onlyTruth == 0) {
      return 1;
    }
    return 2
        * (both * neither - onlyTruth * onlyClusters)
        / ((both + onlyTruth) * (onlyTruth + neither)
            + (both + onlyClusters) * (onlyClusters + neither));
  }

  /** Mutual information in nats, 0 or more ({@code mutual_info_score}). */
  public double mutualInformation() {
    if (groupsOfTruth <= 1 || groupsOfClusters <= 1) {
      return 0;
    }
    double sum = 0;
    double logTotal = Math.log(total);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double cell = cells[row * columns + column];
        if (cell > 0) {
          double term =
              cell
                  / total
                  * (Math.log(cell)
                      + logTotal
                      - Math.log(rowSums[row])
                      - Math.log(columnSums[column]));
          sum += Math.abs(term) < EPSILON ? 0 : term;
        }
      }
    }
    return Math.max(0, sum);
  }

  /**
   * Normalised mutual information, 0 to 1, by the arithmetic mean of the entropies ({@code
   * normalized_mutual_info_score}). By chance it is above 0, and increases with the number of
   * clusters.
   */
  public double normalizedMutualInformation() {
    if (isTrivial()) {
      return 1;
    }
    double information = mutualInformation();
    if (information <= EPSILON) {
      return 0;
    }
    return information / meanEntropy();
  }

  /**
   * Mutual information adjusted for chance, at most 1; 0 on average by chance (Vinh, Epps and
   * Bailey 2010; {@code adjusted_mutual_info_score}).
   */
  public double adjustedMutualInformation() {
    if (isTrivial()) {
      return 1;
    }
    double expected = expectedMutualInformation();
    double denominator = meanEntropy() - expected;
    denominator =
        denominator < 0 ? Math.min(denominator, -EPSILON) : Math.max(denominator, EPSILON);
    return (mutualInformation() - expected) / denominator;
  }

  /**
   * Share of the elements with the most frequent true label of their cluster, 0 to 1 (Manning,
   * Raghavan and Schütze 2008, section 16.3); NaN without elements. At least {@link
   * #majorityRate()}, and 1 if every cluster has one element.
   */
  public double purity() {
    double sum = 0;
    for (int column = 0; column < columns; column++) {
      double largest = 0;
      for (int row = 0; row < rows; row++) {
        largest = Math.max(largest, cells[row * columns + column]);
      }
      sum += largest;
    }
    return sum / total;
  }

  /** Share of the most frequent true label: the purity of a single cluster. */
  public double majorityRate() {
    double largest = 0;
    for (double sum : rowSums) {
      largest = Math.max(largest, sum);
    }
    return largest / total;
  }

  private boolean isTrivial() {
    return (groupsOfTruth == 1 && groupsOfClusters == 1) || total == 0;
  }

  private double meanEntropy() {
    return (entropy(rowSums) + entropy(columnSums)) / 2;
  }

  private double entropy(double[] sums) {
    double entropy = 0;
    for (double sum : sums) {
      if (sum > 0) {
        entropy -= sum / total * (Math.log(sum) - Math.log(total));
      }
    }
    return entropy;
  }

  /**
   * Expected mutual information of random labellings with the same cluster sizes: a sum over the
   * hypergeometric distribution of every cell. Each distribution is summed from its mode outwards
   * by the ratio of neighbouring terms, until they are negligible.
   */
  private double expectedMutualInformation() {
    double expected = 0;
    long n = Math.round(total);
    for (double rowSum : rowSums) {
      long a = Math.round(rowSum);
      for (double columnSum : columnSums) {
        long b = Math.round(columnSum);
        if (a > 0 && b > 0) {
          expected += expectedOfCell(n, a, b);
        }
      }
    }
    return expected;
  }

  private static double expectedOfCell(long n, long a, long b) {
    long least = Math.max(1, a + b - n);
    long most = Math.min(a, b);
    double product = (double) (a + 1) * (b + 1) / (n + 2);
    long mode = Math.max(least, Math.min(most, (long) Math.floor(product)));
    double atMode =
        Math.exp(
            LogFactorial.of(a)
                + LogFactorial.of(b)
                + LogFactorial.of(n - a)
                + LogFactorial.of(n - b)
                - LogFactorial.of(n)
                - LogFactorial.of(mode)
                - LogFactorial.of(a - mode)
                - LogFactorial.of(b - mode)
                - LogFactorial.of(n - a - b + mode));
    double scale = LogFactorial.ofNumber(n) - LogFactorial.ofNumber(a) - LogFactorial.ofNumber(b);
    double sum = 0;
    double p = atMode;
    for (long m = mode; m <= most && p > atMode * NEGLIGIBLE; m++) {
      sum += m * (scale + LogFactorial.ofNumber(m)) * p;
      p *= (double) (a - m) * (b - m) / ((double) (m + 1) * (n - a - b + m + 1));
    }
    p = atMode;
    for (long m = mode; m > least && p > atMode * NEGLIGIBLE; ) {
      p *= (double) m * (n - a - b + m) / ((double) (a - m + 1) * (b - m + 1));
      m--;
      sum += m * (scale + LogFactorial.ofNumber(m)) * p;
    }
    return sum / n;
  }

  private static double sumOfSquares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  private static int positive(double[] values) {
    int count = 0;
    for (double value : values) {
      if (value > 0) {
        count++;
      }
    }
    return count;
  }
}
