package org.surmala.cluster;

import java.util.ArrayList;
import java.util.List;
import org.surmala.schema.Coefficients;
import org.surmala.schema.FittedClusterer;

/** A predictor with renumbered clusters. */
record RelabelledPredictor(ClusterPredictor rule, int[] numbers) implements ClusterPredictor {
  /** The array with the numbers, saved beside the arrays of the predictor. */
  static final String NUMBERS = "numbers";

  @Override
  public int assign(double[] point) {
    int cluster = rule.assign(point);
    return cluster < 0 ? cluster : numbers[cluster];
  }

  @Override
  public FittedClusterer save() {
    return renumbered(rule.save(), numbers);
  }

  /** A saved clusterer with renumbered clusters. */
  static FittedClusterer renumbered(FittedClusterer saved, int[] numbers) {
    List<Coefficients> coefficients = new ArrayList<>(saved.getCoefficients());
    coefficients.removeIf(array -> array.getName().equals(NUMBERS));
    double[] values = new double[numbers.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = numbers[c];
    }
    coefficients.add(PackedDoubles.coefficients(NUMBERS, values));
    return FittedClusterer.newBuilder(saved).setCoefficients(coefficients).build();
  }
}
