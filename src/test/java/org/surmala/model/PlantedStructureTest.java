package org.surmala.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.model.nn.FitListener;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;
import smile.clustering.KMeans;
import smile.math.MathEx;
import smile.validation.metric.AdjustedRandIndex;

/** Eight Gaussian clusters behind a random nonlinear map into 60 dimensions. */
final class PlantedStructureTest {
  private static final int ROWS = 800;
  private static final int CLUSTERS = 8;
  private static final int COLUMNS = 60;

  @ParameterizedTest
  @CsvSource({
    "sigma_vae, 1",
    "sigma_vae, 2",
    "sigma_vae, 3",
    "sigma_vae, 4",
    "sigma_vae, 5",
    "vae, 1",
    "vae, 2",
    "vae, 3",
    "vae, 4",
    "vae, 5",
    "neighbour_vae, 1",
    "neighbour_vae, 2",
    "neighbour_vae, 3",
    "neighbour_vae, 4",
    "neighbour_vae, 5"
  })
  void givenPlantedClusters_whenModelIsFittedByDefault_thenTheyAreFoundAndNothingCollapses(
      String kind, long seed) {
    TrainingRows table =
        TrainingRows.of(COLUMNS, Planted.clusters(CLUSTERS, ROWS, 4, COLUMNS, 0.3, seed));
    Representation representation = Representations.of(kind, Map.of("epochs", "60"));
    FittedModel fitted =
        representation.fit(
            table, new Representation.Setting(seed, List.of(), 2, FitListener.SILENT));
    double[][] places = new double[ROWS][];
    int[] truth = new int[ROWS];
    float[] row = new float[COLUMNS];
    for (int r = 0; r < ROWS; r++) {
      table.read(r, row, 0);
      places[r] = doubles(fitted.embed(row));
      truth[r] = r % CLUSTERS;
    }
    MathEx.setSeed(seed);
    KMeans best = null;
    for (int restart = 0; restart < 20; restart++) {
      KMeans found = KMeans.fit(places, CLUSTERS);
      if (best == null || found.distortion < best.distortion) {
        best = found;
      }
    }
    Model model =
        fitted.toModel(
            "vae",
            new Provenance(
                "", ROWS, "", seed, new TreeMap<>(representation.options()), new TreeMap<>()));
    assertThat(model.getActiveDimensions()).isGreaterThanOrEqualTo(2);
    assertThat(model.getReconstructionR2()).isGreaterThan(0.5);
    assertThat(AdjustedRandIndex.of(truth, Objects.requireNonNull(best).y))
        .isGreaterThanOrEqualTo(0.95);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givenPlantedClusters_whenVadeIsFitted_thenItsOwnClustersAreThose(long seed) {
    TrainingRows table =
        TrainingRows.of(COLUMNS, Planted.clusters(CLUSTERS, ROWS, 4, COLUMNS, 0.3, seed));
    FittedModel fitted =
        Representations.of("vade", Map.of("epochs", "60", "clusters", Integer.toString(CLUSTERS)))
            .fit(table, new Representation.Setting(seed, List.of(), 2, FitListener.SILENT));
    LatentMixture mixture = Objects.requireNonNull(fitted.mixture());
    int[] truth = new int[ROWS];
    int[] own = new int[ROWS];
    float[] row = new float[COLUMNS];
    for (int r = 0; r < ROWS; r++) {
      table.read(r, row, 0);
      truth[r] = r % CLUSTERS;
      own[r] = mixture.component(doubles(fitted.embed(row)));
    }
    assertThat(AdjustedRandIndex.of(truth, own)).isGreaterThanOrEqualTo(0.95);
  }

  private static double[] doubles(float[] place) {
    double[] values = new double[place.length];
    for (int j = 0; j < place.length; j++) {
      values[j] = place[j];
    }
    return values;
  }
}
