package org.surmala.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Expectation–maximisation of a mixture of Gaussians (Dempster, Laird and Rubin 1977), initialised
 * with clusters. It ends when a step raises the mean log-likelihood by less than {@value
 * #TOLERANCE}. Equal points and clusters give equal bits at any number of threads.
 */
public final class MixtureFit {
  private static final double TOLERANCE = 1e-4;

  private final GaussianMixture mixture;
  private final double[][] shares;
  private final double logLikelihood;

  private MixtureFit(GaussianMixture mixture, double[][] shares, double logLikelihood) {
    this.mixture = mixture;
    this.shares = shares;
    this.logLikelihood = logLikelihood;
  }

  /**
   * Options of the fit.
   *
   * @param isFull whether covariances are full, not diagonal
   * @param maxIterations 1 or more
   * @param floor added to each variance, above 0, so that no component shrinks to a point
   */
  public record Options(boolean isFull, int maxIterations, double floor) {}

  /** Fits a mixture, starting from the cluster of each point, from 0 to {@code components} - 1. */
  public static MixtureFit of(double[][] points, int[] labels, int components, Options options) {
    int n = points.length;
    double[][] shares = new double[n][components];
    for (int i = 0; i < n; i++) {
      shares[i][labels[i]] = 1;
    }
    GaussianMixture mixture = maximise(points, shares, components, options);
    double before = Double.NEGATIVE_INFINITY;
    double logLikelihood = expect(points, mixture, shares);
    for (int i = 0; i < options.maxIterations() && logLikelihood - before > TOLERANCE * n; i++) {
      mixture = maximise(points, shares, components, options);
      before = logLikelihood;
      logLikelihood = expect(points, mixture, shares);
    }
    return new MixtureFit(mixture, shares, logLikelihood);
  }

  /** The mixture. */
  public GaussianMixture mixture() {
    return mixture;
  }

  /** Posterior probability of each component for each point. */
  public double[][] shares() {
    return shares;
  }

  /** Log-likelihood, summed over the points. */
  public double logLikelihood() {
    return logLikelihood;
  }

  /** The expectation step: sets each point's shares; returns the log-likelihood. */
  private static double expect(double[][] points, GaussianMixture mixture, double[][] shares) {
    double[] logs = new double[points.length];
    IntStream.range(0, points.length)
        .parallel()
        .forEach(i -> logs[i] = mixture.posterior(points[i], shares[i]));
    return Arrays.stream(logs).sum();
  }

  private static GaussianMixture maximise(
      double[][] points, double[][] shares, int k, Options options) {
    boolean isFull = options.isFull();
    int d = points[0].length;
    double[] weights = new double[k];
    double[][] means = new double[k][d];
    double[][] covariances = new double[k][isFull ? d * d : d];
    IntStream.range(0, k)
        .parallel()
        .forEach(
            c -> {
              double total = Double.MIN_NORMAL;
              for (int i = 0; i < points.length; i++) {
                total += shares[i][c];
                for (int j = 0; j < d; j++) {
                  means[c][j] += shares[i][c] * points[i][j];
                }
              }
              for (int j = 0; j < d; j++) {
                means[c][j] /= total;
              }
              weights[c] = total / points.length;
              spread(points, shares, c, means[c], total, isFull, covariances[c]);
              for (int j = 0; j < d; j++) {
                covariances[c][isFull ? j * d + j : j] += options.floor();
              }
            });
    return new GaussianMixture(weights, means, covariances);
  }

  private static void spread(
      double[][] points,
      double[][] shares,
      int component,
      double[] mean,
      double total,
      boolean isFull,
      double[] out) {
    int d = mean.length;
    double[] difference = new double[d];
    for (int i = 0; i < points.length; i++) {
      double share = shares[i][component];
      if (share == 0) {
        continue;
      }
      for (int j = 0; j < d; j++) {
        difference[j] = points[i][j] - mean[j];
      }
      for (int row = 0; row < d; row++) {
        double scaled = share * difference[row];
        if (isFull) {
          for (int column = 0; column < d; column++) {
            out[row * d + column] += scaled * difference[column];
          }
        } else {
          out[row] += scaled * difference[row];
        }
      }
    }
    for (int j = 0; j < out.length; j++) {
      out[j] /= total;
    }
  }
}
