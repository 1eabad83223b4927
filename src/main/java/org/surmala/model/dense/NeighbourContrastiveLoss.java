package org.surmala.model.dense;

import java.util.Arrays;

/**
 * Pulls the means of neighbouring songs together and pushes others apart: the noise-contrastive
 * form of t-SNE (Böhm et al., 2023; Damrich et al., 2023), with the similarity {@code q(i, k) = 1 /
 * (1 + |mean i − mean k|² / scale)}. For a row i with the partner p(i), the loss is {@code −log
 * q(i, p(i)) / Σ q(i, k)} over all other rows k of the batch.
 *
 * <p>No matrix of pairs is stored: O(n) memory, O(n²) time in the rows.
 */
final class NeighbourContrastiveLoss implements LatentLoss {
  private final double strength;
  private final double scale;
  private final double[] similarity;
  private final double[] total;
  private final double[] pull;
  private int pairs;

  /**
   * @param strength factor of the loss
   * @param scale squared distance at which the similarity is one half
   * @param most largest batch, in rows
   */
  NeighbourContrastiveLoss(double strength, double scale, int most) {
    this.strength = strength;
    this.scale = scale;
    similarity = new double[most];
    total = new double[most];
    pull = new double[most];
  }

  /**
   * Sets the partners in the next batches: rows {@code i} and {@code count + i}, for i below {@code
   * count}. Other rows have no partner and serve only as negatives.
   */
  void pairs(int count) {
    pairs = count;
  }

  @Override
  public int parameters() {
    return 0;
  }

  @Override
  public boolean isDivergence() {
    return false;
  }

  @Override
  public double compute(Posteriors posteriors, double weight, double[] own, double[] ownGradient) {
    int rows = posteriors.rows();
    int paired = 2 * pairs;
    if (paired == 0) {
      return 0;
    }
    double loss = 0;
    for (int i = 0; i < paired; i++) {
      similarities(posteriors, i, rows);
      double sum = 0;
      for (int k = 0; k < rows; k++) {
        sum += similarity[k];
      }
      total[i] = 1 / sum;
      loss -= StrictMath.log(similarity[partner(i)] / sum);
    }
    Arrays.fill(total, paired, rows, 0);
    double factor = 2 * weight * strength / (scale * paired);
    for (int i = 0; i < rows; i++) {
      similarities(posteriors, i, rows);
      for (int k = 0; k < rows; k++) {
        pull[k] = -similarity[k] * similarity[k] * (total[i] + total[k]);
      }
      if (i < paired) {
        pull[partner(i)] += 2 * similarity[partner(i)];
      }
      for (int j = 0; j < posteriors.latent(); j++) {
        double[] mean = posteriors.mean[j];
        double here = mean[i];
        double slope = 0;
        for (int k = 0; k < rows; k++) {
          slope += pull[k] * (here - mean[k]);
        }
        posteriors.meanGradient[j][i] += factor * slope;
      }
    }
    return strength * loss / paired;
  }

  private int partner(int row) {
    return row < pairs ? row + pairs : row - pairs;
  }

  /** Similarities of one row to all rows; to itself 0. */
  private void similarities(Posteriors posteriors, int row, int rows) {
    Arrays.fill(similarity, 0, rows, 0);
    for (int j = 0; j < posteriors.latent(); j++) {
      double[] mean = posteriors.mean[j];
      double here = mean[row];
      for (int k = 0; k < rows; k++) {
        double difference = here - mean[k];
        similarity[k] += difference * difference;
      }
    }
    double inverse = 1 / scale;
    for (int k = 0; k < rows; k++) {
      similarity[k] = 1 / (1 + similarity[k] * inverse);
    }
    similarity[row] = 0;
  }
}
