package org.surmala.cluster;

import java.util.List;
import java.util.Map;
import org.surmala.metric.GaussianMixture;
import org.surmala.schema.FittedClusterer;

/** Assigns a point to the most likely component of a mixture. */
record MostLikelyComponentPredictor(GaussianMixture mixture) implements ClusterPredictor {
  static final String NAME = "mixture";

  @Override
  public int assign(double[] point) {
    return mixture.likeliest(point);
  }

  @Override
  public FittedClusterer save() {
    return new FittedClusterer(
        NAME,
        mixture.components(),
        mixture.means()[0].length,
        Map.of(),
        List.of(
            PackedDoubles.coefficients("weights", mixture.weights()),
            PackedDoubles.coefficients("means", mixture.means()),
            PackedDoubles.coefficients("covariances", mixture.covariances())));
  }
}
