package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.golden.ClusteringCase;

/** Against scikit-learn 1.2.1 (golden/clustering). */
final class MetricsGoldenTest {
  private static final Offset<Double> EXACT = within(1e-9);

  @ParameterizedTest
  @CsvSource({
    "blobs,kmeans",
    "blobs,ward",
    "overlap,kmeans",
    "overlap,ward",
    "imbalanced,kmeans",
    "imbalanced,ward"
  })
  void equalsScikitLearn(String name, String clusterer) {
    ClusteringCase golden = new ClusteringCase(name);
    double[][] points = golden.points();
    int[] labels = golden.labels(clusterer + "_labels");
    JsonNode expected = golden.json().get(clusterer);

    ExternalIndices agreement = ExternalIndices.of(golden.labels("truth"), labels);
    assertThat(agreement.adjustedRand()).isEqualTo(expected.get("ari").asDouble(), EXACT);
    assertThat(agreement.normalizedMutualInformation())
        .isEqualTo(expected.get("nmi").asDouble(), EXACT);
    assertThat(agreement.adjustedMutualInformation())
        .isEqualTo(expected.get("ami").asDouble(), EXACT);
    assertThat(agreement.purity()).isEqualTo(expected.get("purity").asDouble(), EXACT);

    InternalIndices separation = InternalIndices.of(points, labels);
    assertThat(separation.daviesBouldin())
        .isEqualTo(expected.get("davies_bouldin").asDouble(), EXACT);
    assertThat(separation.calinskiHarabasz())
        .isEqualTo(expected.get("calinski_harabasz").asDouble(), EXACT);
    assertThat(Silhouette.mean(points, labels))
        .isEqualTo(expected.get("silhouette").asDouble(), EXACT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "overlap", "imbalanced"})
  void silhouetteOfEachPoint(String name) {
    ClusteringCase golden = new ClusteringCase(name);
    assertThat(Silhouette.perSample(golden.points(), golden.labels("kmeans_labels")))
        .containsExactly(golden.values("silhouette_samples_kmeans"), EXACT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "overlap", "imbalanced"})
  void trustworthinessOfAMap(String name) {
    ClusteringCase golden = new ClusteringCase(name);
    assertThat(Trustworthiness.of(golden.points(), golden.table("pca2"), 5))
        .isEqualTo(golden.json().get("trustworthiness_pca2_k5").asDouble(), EXACT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "overlap", "imbalanced"})
  void permutingPointsPermutesSilhouettes(String name) {
    ClusteringCase golden = new ClusteringCase(name);
    List<double[]> points = new java.util.ArrayList<>(List.of(golden.points()));
    int[] labels = golden.labels("kmeans_labels");
    double[] straight = Silhouette.perSample(golden.points(), labels);
    java.util.Collections.reverse(points);
    int n = labels.length;
    int[] reversedLabels = new int[n];
    for (int i = 0; i < n; i++) {
      reversedLabels[i] = labels[n - 1 - i];
    }
    double[] reversed = Silhouette.perSample(points.toArray(double[][]::new), reversedLabels);
    for (int i = 0; i < n; i++) {
      assertThat(reversed[i]).isEqualTo(straight[n - 1 - i], within(1e-12));
    }
  }
}
