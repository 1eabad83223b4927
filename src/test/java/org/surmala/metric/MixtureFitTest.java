package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.golden.ClusteringCase;

/** Against scikit-learn 1.9.1 (golden/clustering). */
final class MixtureFitTest {
  @ParameterizedTest
  @CsvSource({
    "blobs, 4, true",
    "overlap, 10, true",
    "imbalanced, 3, true",
    "blobs, 4, false",
    "overlap, 10, false",
    "imbalanced, 3, false"
  })
  void givenTheClustersOfTheReference_whenFitted_thenItEndsWhereTheReferenceDid(
      String name, int components, boolean isFull) {
    ClusteringCase golden = new ClusteringCase(name);
    double[][] points = golden.points();
    String key = isFull ? "gmm_full" : "gmm_diag";
    JsonNode expected = golden.more().get(key);
    int[] labels = golden.labels(key + "_labels");
    MixtureFit fit =
        MixtureFit.of(
            points,
            labels,
            components,
            new MixtureFit.Options(isFull, 300, expected.get("reg_covar").asDouble()));
    // Both stop when a step gains little; ours at 1e-4 of the mean.
    assertThat(fit.logLikelihood() / points.length)
        .isCloseTo(expected.get("mean_log_likelihood").asDouble(), within(2e-4));
    double[] weights = Arrays.stream(fit.mixture().weights()).sorted().toArray();
    for (int c = 0; c < components; c++) {
      assertThat(weights[c]).isCloseTo(expected.get("weights").get(c).asDouble(), within(3e-3));
    }
    int[] own = Arrays.stream(points).mapToInt(fit.mixture()::likeliest).toArray();
    assertThat(ExternalIndices.of(labels, own).adjustedRand()).isGreaterThan(0.99);
  }
}
