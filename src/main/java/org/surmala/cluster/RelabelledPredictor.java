package org.surmala.cluster;

import java.util.ArrayList;
import java.util.List;
import org.surmala.schema.Coefficients;
import org.surmala.schema.FittedClusterer;

/** A rule whose clusters go by other numbers. */
// Carries an array; never compared.
@SuppressWarnings("ArrayRecordComponent")
record RelabelledPredictor(ClusterPredictor rule, int[] numbers) implements ClusterPredictor {
  /** The array, beside those of the rule, that holds the numbers. */
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

  /**
   * A saved clusterer whose clusters go by other numbers.
   *
   * @param numbers of its clusters, in their order
   */
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
