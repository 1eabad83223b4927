package org.surmala.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Model;

/**
 * Diagnostics of a fit over its training set: whether the latent space is informative, and how well
 * the model reconstructs. Computed on a sample of about {@value #MOST_VALUES} values, at least
 * {@value #LEAST_ROWS} rows, spread evenly.
 *
 * @param klPerDimension mean KL divergence of each latent dimension from the prior, nats; if the
 *     prior is a mixture, from its components, weighted by their probabilities; empty without a
 *     posterior
 * @param activeDimensions latent dimensions whose posterior mean has a standard deviation above
 *     {@value #ACTIVE} (Burda et al., 2016, at √0.01); all dimensions without a posterior
 * @param reconstructionR2 share of the preprocessed values' variance that the reconstruction
 *     explains; null if nothing varies
 * @param groupR2 the same for each feature group that varies
 * @param aggregateKl divergence of a Gaussian with the aggregate posterior's mean and covariance
 *     from the prior, nats; null without a posterior, or where the prior is a mixture
 */
public record Diagnostics(
    List<Double> klPerDimension,
    int activeDimensions,
    @Nullable Double reconstructionR2,
    Map<String, Double> groupR2,
    @Nullable Double aggregateKl) {
  /** Standard deviation of posterior means above which a latent dimension is active. */
  static final double ACTIVE = 0.1;

  private static final int MOST_VALUES = 1 << 22;
  private static final int LEAST_ROWS = 256;

  public Diagnostics {
    klPerDimension = List.copyOf(klPerDimension);
    groupR2 = new TreeMap<>(groupR2);
  }

  /** Gives a song's posterior. */
  @FunctionalInterface
  public interface Posterior {
    /** Means and then log-variances of a song. */
    float[] of(float[] prepared, ModelInput song);
  }

  /**
   * Computes the diagnostics.
   *
   * @param posterior null for a model without one
   * @param groups name of each column's feature group, or empty
   */
  public static Diagnostics of(
      FittedModel model, @Nullable Posterior posterior, TrainingRows table, List<String> groups) {
    Reconstruction reconstruction = new Reconstruction(table.columns());
    LatentMixture prior = model.mixture();
    Aggregate aggregate = new Aggregate(model.latentDimensions(), prior);
    float[] row = new float[table.columns()];
    int most = Math.max(LEAST_ROWS, MOST_VALUES / table.columns());
    int count = Math.min(most, table.rows());
    for (int i = 0; i < count; i++) {
      int at = (int) ((long) i * table.rows() / count);
      table.read(at, row, 0);
      float[] prepared = model.preprocess(row);
      ModelInput song = new ModelInput(List.of(row), table.lyrics(at), table.label(at));
      float[] vector = model.embed(song);
      reconstruction.add(prepared, model.decode(vector, song.label()));
      if (posterior != null) {
        aggregate.add(posterior.of(prepared, song));
      }
    }
    return new Diagnostics(
        posterior == null ? List.of() : aggregate.divergences(),
        posterior == null ? model.latentDimensions() : aggregate.active(),
        reconstruction.explained(groups, null),
        reconstruction.explainedByGroup(groups),
        posterior == null || prior != null ? null : aggregate.divergenceFromPrior());
  }

  /** Empty diagnostics. */
  public static Diagnostics none() {
    return new Diagnostics(List.of(), 0, null, Map.of(), null);
  }

  /** Adds the diagnostics to a model's record and builds it. */
  public Model write(Model.Builder builder) {
    return builder
        .setKlPerDimension(klPerDimension)
        .setActiveDimensions(activeDimensions)
        .setReconstructionR2(reconstructionR2)
        .setGroupR2(groupR2)
        .setAggregateKl(aggregateKl)
        .build();
  }

  public static Diagnostics read(Model model) {
    return new Diagnostics(
        model.getKlPerDimension(),
        model.getActiveDimensions(),
        model.getReconstructionR2(),
        model.getGroupR2(),
        model.getAggregateKl());
  }

  /** Sums of squares of values and of errors, column by column. */
  private static final class Reconstruction {
    private final double[] sum;
    private final double[] squares;
    private final double[] errors;
    private int rows;

    Reconstruction(int columns) {
      sum = new double[columns];
      squares = new double[columns];
      errors = new double[columns];
    }

    void add(float[] prepared, float[] decoded) {
      rows++;
      for (int j = 0; j < sum.length; j++) {
        double error = (double) prepared[j] - decoded[j];
        sum[j] += prepared[j];
        squares[j] += (double) prepared[j] * prepared[j];
        errors[j] += error * error;
      }
    }

    /**
     * R² over the columns of a group, or over all columns if the group is null; null if nothing
     * varies.
     */
    @Nullable Double explained(List<String> groups, @Nullable String group) {
      double error = 0;
      double variation = 0;
      for (int j = 0; j < sum.length; j++) {
        if (group == null || group.equals(groups.get(j))) {
          error += errors[j];
          variation += squares[j] - sum[j] * sum[j] / rows;
        }
      }
      return variation > 1e-9 * rows ? 1 - error / variation : null;
    }

    Map<String, Double> explainedByGroup(List<String> groups) {
      Map<String, Double> byGroup = new TreeMap<>();
      for (String group : groups) {
        Double explained = explained(groups, group);
        if (explained != null) {
          byGroup.put(group, explained);
        }
      }
      return byGroup;
    }
  }

  /** Moments of the posteriors of all rows. */
  private static final class Aggregate {
    private final int latent;
    private final @Nullable LatentMixture prior;
    private final double[] mean;
    private final double[][] product;
    private final double[] variance;
    private final double[] divergence;
    private int rows;

    /**
     * @param prior null for N(0, 1)
     */
    Aggregate(int latent, @Nullable LatentMixture prior) {
      this.latent = latent;
      this.prior = prior;
      mean = new double[latent];
      product = new double[latent][latent];
      variance = new double[latent];
      divergence = new double[latent];
    }

    void add(float[] head) {
      rows++;
      double[] shares = prior == null ? new double[0] : prior.probabilities(means(head));
      for (int i = 0; i < latent; i++) {
        double value = head[i];
        double logVariance = head[latent + i];
        double own = Math.exp(logVariance);
        mean[i] += value;
        variance[i] += own;
        divergence[i] +=
            prior == null
                ? 0.5 * (value * value + own - 1 - logVariance)
                : prior.divergence(i, value, own, shares);
        for (int j = 0; j <= i; j++) {
          product[i][j] += value * head[j];
        }
      }
    }

    private double[] means(float[] head) {
      double[] means = new double[latent];
      for (int i = 0; i < latent; i++) {
        means[i] = head[i];
      }
      return means;
    }

    List<Double> divergences() {
      List<Double> means = new ArrayList<>();
      for (double sum : divergence) {
        means.add(sum / rows);
      }
      return means;
    }

    int active() {
      int active = 0;
      for (int i = 0; i < latent; i++) {
        if (Math.sqrt(Math.max(0, covariance(i, i))) > ACTIVE) {
          active++;
        }
      }
      return active;
    }

    private double covariance(int i, int j) {
      return product[i][j] / rows - mean[i] / rows * (mean[j] / rows);
    }

    /** ½ (tr S + m·m − k − log det S), by Cholesky's decomposition of S. */
    double divergenceFromPrior() {
      double[][] root = new double[latent][latent];
      double trace = 0;
      double logDeterminant = 0;
      double square = 0;
      for (int i = 0; i < latent; i++) {
        square += mean[i] / rows * (mean[i] / rows);
        for (int j = 0; j <= i; j++) {
          double value = covariance(i, j) + (i == j ? variance[i] / rows : 0);
          if (i == j) {
            trace += value;
          }
          for (int k = 0; k < j; k++) {
            value -= root[i][k] * root[j][k];
          }
          if (i == j) {
            // Every posterior has a positive variance, so S is positive definite except for
            // rounding.
            root[i][i] = Math.sqrt(Math.max(value, 1e-300));
            logDeterminant += 2 * Math.log(root[i][i]);
          } else {
            root[i][j] = value / root[j][j];
          }
        }
      }
      return 0.5 * (trace + square - latent - logDeterminant);
    }
  }
}
