package org.surmala.nn;

import java.util.ArrayList;
import java.util.List;
import org.surmala.schema.Model;

/**
 * What a fit's training set shows of its model.
 *
 * @param klPerDimension mean divergence of each latent dimension, nats; empty without a posterior
 * @param activeDimensions latent dimensions whose posterior mean has a deviation above {@value
 *     #ACTIVE}; all of them without a posterior
 */
record Diagnostics(List<Double> klPerDimension, int activeDimensions) {
  /** Posterior means that vary less than this say nothing of the songs. */
  static final double ACTIVE = 0.1;

  Diagnostics {
    klPerDimension = List.copyOf(klPerDimension);
  }

  /** Computes them over the whole table. */
  static Diagnostics of(DenseModel model, DenseNetwork network, Table table) {
    int latent = network.latent();
    if (!network.variational()) {
      return new Diagnostics(List.of(), latent);
    }
    double[] sum = new double[latent];
    double[] squares = new double[latent];
    double[] divergence = new double[latent];
    float[] row = new float[table.columns()];
    for (int r = 0; r < table.rows(); r++) {
      table.read(r, row, 0);
      float[] head = model.head(model.preprocess(row));
      for (int j = 0; j < latent; j++) {
        double mean = head[j];
        double logVariance = head[latent + j];
        sum[j] += mean;
        squares[j] += mean * mean;
        divergence[j] += 0.5 * (mean * mean + Math.exp(logVariance) - 1 - logVariance);
      }
    }
    List<Double> perDimension = new ArrayList<>();
    int active = 0;
    for (int j = 0; j < latent; j++) {
      perDimension.add(divergence[j] / table.rows());
      double mean = sum[j] / table.rows();
      if (Math.sqrt(Math.max(0, squares[j] / table.rows() - mean * mean)) > ACTIVE) {
        active++;
      }
    }
    return new Diagnostics(perDimension, active);
  }

  /** What it was before any row was seen. */
  static Diagnostics none() {
    return new Diagnostics(List.of(), 0);
  }

  Model write(Model.Builder builder) {
    return builder.setKlPerDimension(klPerDimension).setActiveDimensions(activeDimensions).build();
  }

  static Diagnostics read(Model model) {
    return new Diagnostics(model.getKlPerDimension(), model.getActiveDimensions());
  }
}
