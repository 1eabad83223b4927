package org.surmala.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.surmala.metric.GaussianMixture;
import org.surmala.schema.Coefficients;
import org.surmala.schema.FittedClusterer;

/** Brings saved rules back. */
final class SavedPredictors {
  private SavedPredictors() {}

  /**
   * The rule as it was when it was saved, digit for digit.
   *
   * @throws IllegalArgumentException when its kind is not known, or an array is missing
   */
  static ClusterPredictor load(FittedClusterer saved) {
    Map<String, Coefficients> arrays =
        saved.getCoefficients().stream()
            .collect(Collectors.toMap(Coefficients::getName, Function.identity()));
    Function<String, Coefficients> array =
        name ->
            Objects.requireNonNull(
                arrays.get(name), () -> "the saved clusterer has no array " + name);
    ClusterPredictor rule =
        switch (saved.getRule()) {
          case NearestCentroid.NAME -> new NearestCentroid(Packed.rows(array.apply("centroids")));
          case NearestMember.NAME ->
              new NearestMember(
                  Packed.rows(array.apply("members")),
                  Packed.doubles(array.apply("labels").getValues()),
                  Packed.doubles(array.apply("reaches").getValues()),
                  Packed.doubles(array.apply("radii").getValues()));
          case LikeliestComponent.NAME ->
              new LikeliestComponent(
                  new GaussianMixture(
                      Packed.doubles(array.apply("weights").getValues()),
                      Packed.rows(array.apply("means")),
                      Packed.rows(array.apply("covariances"))));
          default ->
              throw new IllegalArgumentException(
                  "the saved clusterer's rule is '"
                      + saved.getRule()
                      + "', which this version does not know; fit again");
        };
    Coefficients numbers = arrays.get(RelabelledPredictor.NUMBERS);
    return numbers == null
        ? rule
        : new RelabelledPredictor(
            rule,
            Arrays.stream(Packed.doubles(numbers.getValues())).mapToInt(n -> (int) n).toArray());
  }
}
