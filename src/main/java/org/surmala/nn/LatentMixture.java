package org.surmala.nn;

import java.util.Arrays;
import java.util.List;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;
import smile.clustering.KMeans;
import smile.math.MathEx;

/**
 * A mixture of Gaussians with diagonal covariances in a latent space: the clusters that a model
 * brings with it.
 *
 * @param weights of the components, above 0, with the sum 1
 * @param means components × latent
 * @param variances components × latent, above 0
 */
// Carries arrays; never compared.
@SuppressWarnings("ArrayRecordComponent")
public record LatentMixture(double[] weights, double[][] means, double[][] variances) {
  private static final int RESTARTS = 10;
  private static final int ITERATIONS = 100;
  private static final double LEAST_VARIANCE = 1e-4;

  /**
   * Fits one: Smile's K-Means, the best of {@value #RESTARTS} starts, then expectation and
   * maximisation.
   *
   * @param points more than there are components
   */
  static LatentMixture fit(double[][] points, int components, long seed) {
    int[] labels = components < 2 ? new int[points.length] : nearest(points, components, seed);
    double[][] shares = new double[points.length][components];
    for (int i = 0; i < points.length; i++) {
      shares[i][labels[i]] = 1;
    }
    LatentMixture mixture = of(points, shares);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double change = 0;
      for (int i = 0; i < points.length; i++) {
        double[] next = mixture.probabilities(points[i]);
        for (int c = 0; c < components; c++) {
          change = Math.max(change, Math.abs(next[c] - shares[i][c]));
        }
        shares[i] = next;
      }
      mixture = of(points, shares);
      if (change < 1e-3) {
        break;
      }
    }
    return mixture;
  }

  private static int[] nearest(double[][] points, int components, long seed) {
    MathEx.setSeed(seed);
    KMeans best = KMeans.fit(points, components);
    for (int i = 1; i < RESTARTS; i++) {
      KMeans next = KMeans.fit(points, components);
      best = next.distortion < best.distortion ? next : best;
    }
    return best.y;
  }

  /** The mixture of greatest likelihood for points that belong to components by these shares. */
  private static LatentMixture of(double[][] points, double[][] shares) {
    int components = shares[0].length;
    int latent = points[0].length;
    double[] weights = new double[components];
    double[][] means = new double[components][latent];
    double[][] variances = new double[components][latent];
    for (int i = 0; i < points.length; i++) {
      for (int c = 0; c < components; c++) {
        weights[c] += shares[i][c];
        for (int j = 0; j < latent; j++) {
          means[c][j] += shares[i][c] * points[i][j];
        }
      }
    }
    for (int c = 0; c < components; c++) {
      for (int j = 0; j < latent; j++) {
        means[c][j] /= Math.max(weights[c], 1e-9);
      }
    }
    for (int i = 0; i < points.length; i++) {
      for (int c = 0; c < components; c++) {
        for (int j = 0; j < latent; j++) {
          double away = points[i][j] - means[c][j];
          variances[c][j] += shares[i][c] * away * away;
        }
      }
    }
    // One more song in each component, so that none has the weight 0 and stays there.
    double all = points.length + components;
    for (int c = 0; c < components; c++) {
      for (int j = 0; j < latent; j++) {
        variances[c][j] = variances[c][j] / Math.max(weights[c], 1e-9) + LEAST_VARIANCE;
      }
      weights[c] = (weights[c] + 1) / all;
    }
    return new LatentMixture(weights, means, variances);
  }

  /** How probable each component is for a place; the sum is 1. */
  public double[] probabilities(double[] place) {
    double[] shares = new double[weights.length];
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < shares.length; c++) {
      double exponent = Math.log(weights[c]);
      for (int j = 0; j < place.length; j++) {
        double away = place[j] - means[c][j];
        exponent -= 0.5 * (Math.log(variances[c][j]) + away * away / variances[c][j]);
      }
      shares[c] = exponent;
      most = Math.max(most, exponent);
    }
    for (int c = 0; c < shares.length; c++) {
      shares[c] = Math.exp(shares[c] - most);
    }
    double sum = Arrays.stream(shares).sum();
    for (int c = 0; c < shares.length; c++) {
      shares[c] /= sum;
    }
    return shares;
  }

  /** The number of the most probable component. */
  public int component(double[] place) {
    double[] shares = probabilities(place);
    int best = 0;
    for (int c = 1; c < shares.length; c++) {
      best = shares[c] > shares[best] ? c : best;
    }
    return best;
  }

  /** Mean variance of the components in a dimension, by their weights. */
  double varianceWithin(int dimension) {
    double sum = 0;
    for (int c = 0; c < weights.length; c++) {
      sum += weights[c] * variances[c][dimension];
    }
    return sum;
  }

  /**
   * Divergence of one dimension of a posterior from the components, by their shares; nats.
   *
   * @param mean of the posterior in this dimension
   * @param variance of the posterior in this dimension
   */
  double divergence(int dimension, double mean, double variance, double[] shares) {
    double sum = 0;
    for (int c = 0; c < shares.length; c++) {
      double away = mean - means[c][dimension];
      double own = variances[c][dimension];
      sum += shares[c] * 0.5 * ((variance + away * away) / own - 1 - Math.log(variance / own));
    }
    return sum;
  }

  List<Tensor> tensors() {
    int latent = means[0].length;
    return List.of(
        Tensors.tensor("mixture.weight", floats(new double[][] {weights}), weights.length),
        Tensors.tensor("mixture.mean", floats(means), weights.length, latent),
        Tensors.tensor("mixture.variance", floats(variances), weights.length, latent));
  }

  /** The mixture that {@link #tensors} gave. */
  static LatentMixture load(Model model) {
    int latent = model.getLatentDimensions();
    return new LatentMixture(
        rows(Tensors.values(model, "mixture.weight"), 0)[0],
        rows(Tensors.values(model, "mixture.mean"), latent),
        rows(Tensors.values(model, "mixture.variance"), latent));
  }

  private static float[] floats(double[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return values;
  }

  /** All in one row when {@code columns} is 0. */
  private static double[][] rows(float[] values, int columns) {
    int width = columns == 0 ? values.length : columns;
    double[][] rows = new double[values.length / width][width];
    for (int i = 0; i < values.length; i++) {
      rows[i / width][i % width] = values[i];
    }
    return rows;
  }
}
