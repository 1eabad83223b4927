package org.surmala.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.surmala.metric.GaussianMixture;
import org.surmala.schema.Coefficients;
import org.surmala.schema.FittedClusterer;

/** Loads saved predictors. */
final class SavedPredictors {
  private SavedPredictors() {}

  /** Loads a predictor, bit for bit as it was saved. */
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
          case NearestCentroidPredictor.NAME ->
              new NearestCentroidPredictor(PackedDoubles.rows(array.apply("centroids")));
          case NearestMemberPredictor.NAME ->
              new NearestMemberPredictor(
                  PackedDoubles.rows(array.apply("members")),
                  PackedDoubles.doubles(array.apply("labels").getValues()),
                  PackedDoubles.doubles(array.apply("reaches").getValues()),
                  PackedDoubles.doubles(array.apply("radii").getValues()));
          case MostLikelyComponentPredictor.NAME ->
              new MostLikelyComponentPredictor(
                  new GaussianMixture(
                      PackedDoubles.doubles(array.apply("weights").getValues()),
                      PackedDoubles.rows(array.apply("means")),
                      PackedDoubles.rows(array.apply("covariances"))));
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
            Arrays.stream(PackedDoubles.doubles(numbers.getValues()))
                .mapToInt(n -> (int) n)
                .toArray());
  }
}
