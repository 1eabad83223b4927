package org.surmala.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.golden.ClusteringCase;
import smile.math.matrix.Matrix;

/** Against scikit-learn 1.2.1 (golden/clustering), and arithmetic. */
final class PrincipalComponentsTest {
  @ParameterizedTest
  @ValueSource(strings = {"blobs", "overlap", "imbalanced"})
  void givenReferencePoints_whenProjected_thenScoresAndSharesAreThoseOfScikitLearn(String name) {
    ClusteringCase golden = new ClusteringCase(name);
    double[][] points = golden.points();
    PrincipalComponents components = PrincipalComponents.of(points);
    double[] variances = components.variances();
    double sum = Arrays.stream(variances).sum();
    double[][] expected = golden.table("pca2");
    double[][] scores = components.scores(points, 2);
    for (int k = 0; k < 2; k++) {
      assertThat(variances[k] / sum)
          .isCloseTo(
              golden.json().get("pca_explained_variance_ratio").get(k).asDouble(), within(1e-12));
      // The reference may have chosen the other sign.
      double sign = Math.signum(scores[0][k] * expected[0][k]);
      for (int i = 0; i < points.length; i++) {
        assertThat(sign * scores[i][k]).isCloseTo(expected[i][k], within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "overlap", "imbalanced"})
  void givenReferencePoints_whenWhitened_thenTheirCovarianceIsOne(String name) {
    double[][] points = new ClusteringCase(name).points();
    Covariance covariance = new Covariance(points[0].length);
    for (double[] row : PrincipalComponents.of(points).whitened(points)) {
      covariance.add(row);
    }
    Matrix whitened = covariance.over(covariance.count());
    for (int i = 0; i < points[0].length; i++) {
      for (int j = 0; j < points[0].length; j++) {
        assertThat(whitened.get(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-9));
      }
    }
  }

  @Test
  void givenPointsOnALine_whenProjected_thenTheGreatestEntryIsPositiveAndTheRestIsFlat() {
    double[][] points = {{0, 0}, {-1, -2}, {-2, -4}, {-3, -6}};
    PrincipalComponents components = PrincipalComponents.of(points);
    assertThat(components.axis(0))
        .containsExactly(new double[] {1 / Math.sqrt(5), 2 / Math.sqrt(5)}, within(1e-12));
    // Distances along the line are √5 apart: their variance is 5 · 1.25.
    assertThat(components.variances()).containsExactly(new double[] {6.25, 0}, within(1e-12));
    for (double[] row : components.whitened(points)) {
      assertThat(row[1]).isZero();
    }
  }

  /** Several blocks, and a mean a hundred million times the deviation. */
  @Test
  void givenAMeanFarFromZero_whenRowsComeOneByOne_thenTheCovarianceIsThatOfTwoPasses() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] rows = new double[1000][3];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> 1e8 + random.nextInt(8) * (j + 1));
    }
    Covariance covariance = new Covariance(3);
    for (double[] row : rows) {
      covariance.add(row);
    }
    double[] mean = new double[3];
    Arrays.setAll(
        mean, j -> Arrays.stream(rows).mapToDouble(row -> row[j] - 1e8).average().orElse(0));
    Matrix found = covariance.over(covariance.count());
    for (int i = 0; i < 3; i++) {
      assertThat(covariance.mean()[i]).isCloseTo(1e8 + mean[i], within(1e-6));
      for (int j = 0; j < 3; j++) {
        double sum = 0;
        for (double[] row : rows) {
          sum += (row[i] - 1e8 - mean[i]) * (row[j] - 1e8 - mean[j]);
        }
        assertThat(found.get(i, j)).isCloseTo(sum / 1000, within(1e-6));
      }
    }
  }
}
