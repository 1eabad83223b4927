package org.surmala.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;
import smile.stat.distribution.GaussianDistribution;

/**
 * Preprocesses rows with statistics of the training set: transform, standardise (population
 * standard deviation), clip, weight. A column that is constant in the training set is 0 in every
 * row.
 *
 * <p>Transforms are fitted on at most {@value #SAMPLE} rows, spread evenly; means and standard
 * deviations on all rows. Statistics are stored as floats; each step uses the rounded statistics of
 * the step before.
 */
public final class Preprocessor {
  private static final int SAMPLE = 5_000;
  private static final int QUANTILES = 1_000;

  /**
   * Bound of the first search interval for the power transform's exponent; most columns need no
   * larger one.
   */
  private static final double NEAR_EXPONENT = 5;

  private static final double FAR_EXPONENT = 1e6;

  private final PreprocessOptions options;
  private final float[] mean;
  private final float[] scale;
  private final float[] weight;

  /** Exponents of the power transform, one for each column; else empty. */
  private final float[] exponents;

  /** The rank transform's quantiles, column after column; else empty. */
  private final float[] quantiles;

  private Preprocessor(
      PreprocessOptions options,
      float[] mean,
      float[] scale,
      float[] weight,
      float[] exponents,
      float[] quantiles) {
    this.options = options;
    this.mean = mean;
    this.scale = scale;
    this.weight = weight;
    this.exponents = exponents;
    this.quantiles = quantiles;
  }

  /**
   * Fits the statistics.
   *
   * @param groups name of each column's group, or empty
   * @throws IllegalArgumentException if a value is not finite, or a weight names an unknown group
   */
  public static Preprocessor fit(
      TrainingRows table, PreprocessOptions options, List<String> groups) {
    int columns = table.columns();
    float[] exponents = new float[0];
    float[] quantiles = new float[0];
    switch (options.transform()) {
      case NONE -> {}
      case POWER -> {
        float[][] sample = sample(table);
        exponents = new float[columns];
        for (int j = 0; j < columns; j++) {
          exponents[j] = bestExponent(sample[j]);
        }
      }
      case RANK -> {
        float[][] sample = sample(table);
        int count = Math.min(QUANTILES, sample[0].length);
        quantiles = new float[columns * count];
        for (int j = 0; j < columns; j++) {
          quantilesOf(sample[j], quantiles, j * count, count);
        }
      }
    }
    Preprocessor transform =
        new Preprocessor(
            options,
            new float[columns],
            new float[columns],
            weights(columns, options, groups),
            exponents,
            quantiles);
    transform.standardise(table);
    return transform;
  }

  private static float[] weights(int columns, PreprocessOptions options, List<String> groups) {
    float[] weights = new float[columns];
    Arrays.fill(weights, 1);
    TreeSet<String> unknown = new TreeSet<>(options.weights().keySet());
    groups.forEach(unknown::remove);
    // Weights are shared by all models, and some models use only part of the groups.
    unknown.remove(InputSpec.EMBEDDING_GROUP);
    boolean isEmbedding =
        !groups.isEmpty() && groups.stream().allMatch(InputSpec.EMBEDDING_GROUP::equals);
    if (!unknown.isEmpty() && !isEmbedding) {
      throw new IllegalArgumentException(
          "preprocess.weights names the feature group '%s'; the groups are %s"
              .formatted(unknown.first(), String.join(", ", new TreeSet<>(groups))));
    }
    for (int j = 0; j < groups.size(); j++) {
      weights[j] = (float) (double) options.weights().getOrDefault(groups.get(j), 1.0);
    }
    return weights;
  }

  /** Two passes: the mean, then the standard deviation about the rounded mean. */
  private void standardise(TrainingRows table) {
    int columns = mean.length;
    float[] row = new float[columns];
    double[] sum = new double[columns];
    for (int r = 0; r < table.rows(); r++) {
      table.read(r, row, 0);
      for (int j = 0; j < columns; j++) {
        if (!Float.isFinite(row[j])) {
          throw new IllegalArgumentException(
              "row " + r + " has " + row[j] + " in column " + j + "; a feature must be finite");
        }
        sum[j] += transform(row[j], j);
      }
    }
    for (int j = 0; j < columns; j++) {
      mean[j] = (float) (sum[j] / table.rows());
    }
    Arrays.fill(sum, 0);
    for (int r = 0; r < table.rows(); r++) {
      table.read(r, row, 0);
      for (int j = 0; j < columns; j++) {
        double difference = transform(row[j], j) - mean[j];
        sum[j] += difference * difference;
      }
    }
    for (int j = 0; j < columns; j++) {
      double deviation = Math.sqrt(sum[j] / table.rows());
      // A constant may seem to vary by rounding alone.
      scale[j] = deviation > 1e-6 * Math.abs(mean[j]) && deviation > 1e-30 ? (float) deviation : 0;
    }
  }

  public PreprocessOptions options() {
    return options;
  }

  public int columns() {
    return mean.length;
  }

  /** Preprocesses a row into another array from {@code offset} on. */
  public void apply(float[] row, float[] into, int offset) {
    for (int j = 0; j < mean.length; j++) {
      double value = 0;
      if (scale[j] != 0) {
        value = (transform(row[j], j) - mean[j]) / scale[j];
        if (options.clip() > 0) {
          value = Math.max(-options.clip(), Math.min(options.clip(), value));
        }
      }
      into[offset + j] = (float) (value * weight[j]);
    }
  }

  /** All rows, preprocessed. */
  public TrainingRows applied(TrainingRows table) {
    return table.mapped(mean.length, (number, row, into, offset) -> apply(row, into, offset));
  }

  /** Preprocesses a row into a new array. */
  public float[] apply(float[] row) {
    if (row.length != mean.length) {
      throw new IllegalArgumentException(
          "a row has " + row.length + " values; the model was fitted on " + mean.length);
    }
    float[] prepared = new float[mean.length];
    apply(row, prepared, 0);
    return prepared;
  }

  private double transform(float value, int column) {
    return switch (options.transform()) {
      case NONE -> value;
      case POWER -> power(value, exponents[column]);
      case RANK -> normalScore(value, column);
    };
  }

  /** Yeo and Johnson's transform. */
  static double power(double value, double exponent) {
    if (value >= 0) {
      double log = Math.log1p(value);
      return exponent == 0 ? log : Math.expm1(exponent * log) / exponent;
    }
    double log = Math.log1p(-value);
    double mirrored = 2 - exponent;
    return mirrored == 0 ? -log : -Math.expm1(mirrored * log) / mirrored;
  }

  /**
   * The maximum-likelihood exponent, by golden-section search; 1, the identity, for a constant
   * column. Small values need a large exponent, so the interval grows while the best exponent is at
   * one of its ends.
   */
  static float bestExponent(float[] column) {
    boolean varies = false;
    double jacobian = 0;
    for (float value : column) {
      varies |= value != column[0];
      jacobian += Math.copySign(Math.log1p(Math.abs(value)), value);
    }
    if (!varies) {
      return 1;
    }
    double end = NEAR_EXPONENT;
    double best = bestWithin(column, end, jacobian);
    while (Math.abs(best) > 0.98 * end && end < FAR_EXPONENT) {
      end *= 4;
      best = bestWithin(column, end, jacobian);
    }
    return (float) best;
  }

  private static double bestWithin(float[] column, double end, double jacobian) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    double low = -end;
    double high = end;
    double left = high - ratio * (high - low);
    double right = low + ratio * (high - low);
    double atLeft = likelihood(column, left, jacobian);
    double atRight = likelihood(column, right, jacobian);
    while (high - low > 2e-5 * end) {
      if (atLeft > atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - ratio * (high - low);
        atLeft = likelihood(column, left, jacobian);
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + ratio * (high - low);
        atRight = likelihood(column, right, jacobian);
      }
    }
    return (low + high) / 2;
  }

  private static double likelihood(float[] column, double exponent, double jacobian) {
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < column.length; i++) {
      double value = power(column[i], exponent);
      double difference = value - mean;
      mean += difference / (i + 1);
      squares += difference * (value - mean);
    }
    // Values that overflow, or that the transform makes constant, have no likelihood.
    boolean varies = squares > 1e-20 * column.length * mean * mean;
    return varies && squares < Double.POSITIVE_INFINITY
        ? -0.5 * column.length * Math.log(squares / column.length) + (exponent - 1) * jacobian
        : Double.NEGATIVE_INFINITY;
  }

  /** {@code count} evenly spaced quantiles of the column. */
  private static void quantilesOf(float[] column, float[] into, int offset, int count) {
    float[] sorted = column.clone();
    Arrays.sort(sorted);
    for (int q = 0; q < count; q++) {
      double at = count == 1 ? 0 : (double) q * (sorted.length - 1) / (count - 1);
      int below = (int) at;
      int above = Math.min(below + 1, sorted.length - 1);
      into[offset + q] = (float) (sorted[below] + (at - below) * (sorted[above] - sorted[below]));
    }
  }

  /**
   * The standard normal quantile of the value's rank in the training set; ties count half; values
   * outside the training set's range get the quantile half a step inside.
   */
  private double normalScore(float value, int column) {
    int count = quantiles.length / mean.length;
    int start = column * count;
    double below = position(start, count, value, false);
    double above = position(start, count, value, true);
    double share = (0.5 * (below + above) + 0.5) / count;
    return GaussianDistribution.getInstance().quantile(share);
  }

  /** Position among the quantiles, 0 … count - 1, from the left or the right of ties. */
  private double position(int start, int count, float value, boolean right) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      float at = quantiles[start + middle];
      if (right ? at <= value : at < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    // low quantiles lie below the value.
    if (right && low > 0 && quantiles[start + low - 1] == value) {
      return low - 1;
    }
    if (low == 0) {
      return 0;
    }
    if (low == count) {
      return count - 1;
    }
    double before = quantiles[start + low - 1];
    double after = quantiles[start + low];
    return low - 1 + (value - before) / (after - before);
  }

  /** Columns of at most {@value #SAMPLE} rows. */
  private static float[][] sample(TrainingRows table) {
    int count = Math.min(SAMPLE, table.rows());
    float[][] sample = new float[table.columns()][count];
    float[] row = new float[table.columns()];
    for (int i = 0; i < count; i++) {
      table.read((int) ((long) i * table.rows() / count), row, 0);
      for (int j = 0; j < row.length; j++) {
        sample[j][i] = row[j];
      }
    }
    return sample;
  }

  public List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(Tensors.tensor("input.mean", mean, mean.length));
    tensors.add(Tensors.tensor("input.scale", scale, scale.length));
    tensors.add(Tensors.tensor("input.weight", weight, weight.length));
    if (exponents.length > 0) {
      tensors.add(Tensors.tensor("input.exponent", exponents, exponents.length));
    }
    if (quantiles.length > 0) {
      tensors.add(
          Tensors.tensor("input.quantile", quantiles, mean.length, quantiles.length / mean.length));
    }
    return tensors;
  }

  public static Preprocessor load(Model model, PreprocessOptions options) {
    return new Preprocessor(
        options,
        Tensors.values(model, "input.mean"),
        Tensors.values(model, "input.scale"),
        Tensors.values(model, "input.weight"),
        options.transform() == PreprocessOptions.Transform.POWER
            ? Tensors.values(model, "input.exponent")
            : new float[0],
        options.transform() == PreprocessOptions.Transform.RANK
            ? Tensors.values(model, "input.quantile")
            : new float[0]);
  }
}
