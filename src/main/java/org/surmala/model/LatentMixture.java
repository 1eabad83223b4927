package org.surmala.model;

import java.util.Arrays;
import java.util.List;
import org.surmala.metric.GaussianMixture;
import org.surmala.metric.MixtureFit;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;
import smile.clustering.KMeans;
import smile.math.MathEx;

/**
 * A mixture of Gaussians with diagonal covariances in a latent space: the clusters that a model
 * defines.
 */
public record LatentMixture(GaussianMixture gaussians) {
  private static final int RESTARTS = 10;
  private static final int ITERATIONS = 100;
  private static final double LEAST_VARIANCE = 1e-4;

  /**
   * Fits a mixture: Smile's K-Means, the best of {@value #RESTARTS} starts, then
   * expectation–maximisation.
   */
  public static LatentMixture fit(double[][] points, int components, long seed) {
    int[] labels = components < 2 ? new int[points.length] : nearest(points, components, seed);
    GaussianMixture fitted =
        MixtureFit.of(
                points,
                labels,
                components,
                new MixtureFit.Options(false, ITERATIONS, LEAST_VARIANCE))
            .mixture();
    // One pseudo-count per component, so that no weight is 0 forever.
    double all = points.length + components;
    double[] weights =
        Arrays.stream(fitted.weights()).map(weight -> (weight * points.length + 1) / all).toArray();
    return new LatentMixture(new GaussianMixture(weights, fitted.means(), fitted.covariances()));
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

  /** The probability of each component for an embedding; the sum is 1. */
  public double[] probabilities(double[] vector) {
    double[] shares = new double[gaussians.components()];
    gaussians.posterior(vector, shares);
    return shares;
  }

  /** The number of the most probable component. */
  public int component(double[] vector) {
    return gaussians.likeliest(vector);
  }

  /** Weighted mean of the components' variances in a dimension. */
  public double varianceWithin(int dimension) {
    double sum = 0;
    for (int c = 0; c < gaussians.components(); c++) {
      sum += gaussians.weights()[c] * gaussians.covariances()[c][dimension];
    }
    return sum;
  }

  /** KL divergence of one dimension of a posterior from the weighted components, in nats. */
  double divergence(int dimension, double mean, double variance, double[] shares) {
    double sum = 0;
    for (int c = 0; c < shares.length; c++) {
      double away = mean - gaussians.means()[c][dimension];
      double own = gaussians.covariances()[c][dimension];
      sum += shares[c] * 0.5 * ((variance + away * away) / own - 1 - Math.log(variance / own));
    }
    return sum;
  }

  public List<Tensor> tensors() {
    int components = gaussians.components();
    int latent = gaussians.means()[0].length;
    return List.of(
        Tensors.tensor("mixture.weight", floats(new double[][] {gaussians.weights()}), components),
        Tensors.tensor("mixture.mean", floats(gaussians.means()), components, latent),
        Tensors.tensor("mixture.variance", floats(gaussians.covariances()), components, latent));
  }

  /** Loads the mixture that {@link #tensors} saved. */
  public static LatentMixture load(Model model) {
    int latent = model.getLatentDimensions();
    return new LatentMixture(
        new GaussianMixture(
            rows(Tensors.values(model, "mixture.weight"), 0)[0],
            rows(Tensors.values(model, "mixture.mean"), latent),
            rows(Tensors.values(model, "mixture.variance"), latent)));
  }

  private static float[] floats(double[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return values;
  }

  /** Values as rows; one row if {@code columns} is 0. */
  private static double[][] rows(float[] values, int columns) {
    int width = columns == 0 ? values.length : columns;
    double[][] rows = new double[values.length / width][width];
    for (int i = 0; i < values.length; i++) {
      rows[i / width][i % width] = values[i];
    }
    return rows;
  }
}
