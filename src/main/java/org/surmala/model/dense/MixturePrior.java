package org.surmala.model.dense;

import java.util.Arrays;
import org.surmala.metric.GaussianMixture;
import org.surmala.model.LatentMixture;

/**
 * The divergence of posteriors from a mixture of diagonal Gaussians whose weights, means and
 * variances are learned with the network (VaDE: Jiang et al., 2017).
 *
 * <p>For one row with means m and variances s, and the mixture's weights π, means μ and variances
 * v, it is {@code −log Σ_c π_c exp(−½ Σ_j (log v_cj + (s_j + (m_j − μ_cj)²) / v_cj)) − ½ Σ_j (1 +
 * log s_j)}: the paper's bound at its tightest component probabilities, where the paper uses those
 * of one sample. The derivative with respect to these probabilities is 0, so the gradient is exact.
 *
 * <p>Own parameters: the logit of each weight, then means, then log-variances, component by
 * component.
 */
final class MixturePrior implements LatentLoss {
  /**
   * Smallest log-variance of a component: around a single song the likelihood would be unbounded.
   */
  private static final double LEAST_LOG_VARIANCE = Math.log(1e-4);

  private final int components;
  private final int latent;
  private final double[] logWeight;
  private final double[] share;

  MixturePrior(int components, int latent) {
    this.components = components;
    this.latent = latent;
    logWeight = new double[components];
    share = new double[components];
  }

  int components() {
    return components;
  }

  @Override
  public int parameters() {
    return components + 2 * components * latent;
  }

  @Override
  public boolean isDivergence() {
    return true;
  }

  @Override
  public double compute(Posteriors posteriors, double weight, double[] own, double[] ownGradient) {
    Arrays.fill(ownGradient, 0);
    double log = logWeights(own);
    int rows = posteriors.rows();
    double factor = weight / rows;
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < components; c++) {
        double exponent = own[c] - log;
        for (int j = 0; j < latent; j++) {
          double logVariance = logVariance(own, c, j);
          double away = posteriors.mean[j][row] - own[components + c * latent + j];
          exponent -=
              0.5
                  * (logVariance
                      + (Math.exp(posteriors.logVariance[j][row]) + away * away)
                          * Math.exp(-logVariance));
        }
        logWeight[c] = exponent;
        most = Math.max(most, exponent);
      }
      double sum = 0;
      for (int c = 0; c < components; c++) {
        share[c] = Math.exp(logWeight[c] - most);
        sum += share[c];
      }
      loss -= most + Math.log(sum);
      for (int c = 0; c < components; c++) {
        share[c] /= sum;
        ownGradient[c] += factor * (Math.exp(own[c] - log) - share[c]);
      }
      for (int j = 0; j < latent; j++) {
        loss -= 0.5 * (1 + posteriors.logVariance[j][row]);
        addGradients(posteriors, row, j, factor, own, ownGradient);
      }
    }
    return loss / rows;
  }

  private void addGradients(
      Posteriors posteriors, int row, int j, double factor, double[] own, double[] ownGradient) {
    double variance = Math.exp(posteriors.logVariance[j][row]);
    double byMean = 0;
    double precisions = 0;
    for (int c = 0; c < components; c++) {
      int at = components + c * latent + j;
      double precision = Math.exp(-logVariance(own, c, j));
      double away = posteriors.mean[j][row] - own[at];
      double pull = share[c] * away * precision;
      byMean += pull;
      precisions += share[c] * precision;
      ownGradient[at] -= factor * pull;
      int spread = at + components * latent;
      if (own[spread] > LEAST_LOG_VARIANCE) {
        ownGradient[spread] += factor * 0.5 * share[c] * (1 - (variance + away * away) * precision);
      }
    }
    posteriors.meanGradient[j][row] += factor * byMean;
    posteriors.logVarianceGradient[j][row] += factor * 0.5 * (variance * precisions - 1);
  }

  /** The log-sum-exp of the logits. */
  private double logWeights(double[] own) {
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < components; c++) {
      most = Math.max(most, own[c]);
    }
    double sum = 0;
    for (int c = 0; c < components; c++) {
      sum += Math.exp(own[c] - most);
    }
    return most + Math.log(sum);
  }

  private double logVariance(double[] own, int component, int dimension) {
    return Math.max(
        LEAST_LOG_VARIANCE, own[components + components * latent + component * latent + dimension]);
  }

  /** The mixture of the parameters, rounded as it is saved. */
  LatentMixture mixture(float[] parameters, int first) {
    double[] own = new double[parameters()];
    for (int i = 0; i < own.length; i++) {
      own[i] = parameters[first + i];
    }
    double log = logWeights(own);
    double[] weights = new double[components];
    double[][] means = new double[components][latent];
    double[][] variances = new double[components][latent];
    for (int c = 0; c < components; c++) {
      weights[c] = (float) Math.exp(own[c] - log);
      for (int j = 0; j < latent; j++) {
        means[c][j] = own[components + c * latent + j];
        variances[c][j] = (float) Math.exp(logVariance(own, c, j));
      }
    }
    return new LatentMixture(new GaussianMixture(weights, means, variances));
  }

  void set(GaussianMixture mixture, float[] parameters, int first) {
    for (int c = 0; c < components; c++) {
      parameters[first + c] = (float) Math.log(mixture.weights()[c]);
      for (int j = 0; j < latent; j++) {
        int at = first + components + c * latent + j;
        parameters[at] = (float) mixture.means()[c][j];
        parameters[at + components * latent] = (float) Math.log(mixture.covariances()[c][j]);
      }
    }
  }
}
