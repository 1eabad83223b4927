package org.surmala.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;

/** Diagnostics of models whose answers are known. */
final class DiagnosticsTest {
  /** Columns 0 and 1 are ±1, independent; column 2 is column 0 again. */
  private static final TrainingRows TABLE =
      TrainingRows.of(3, new float[] {-1, -1, -1, -1, 1, -1, 1, -1, 1, 1, 1, 1});

  /** Keeps the first column, and returns the posterior that it is given. */
  private static final FittedModel FIRST_COLUMN =
      new FittedModel() {
        @Override
        public int latentDimensions() {
          return 2;
        }

        @Override
        public float[] embed(float[] features) {
          return new float[] {features[0], 0};
        }

        @Override
        public float[] decode(float[] place) {
          return new float[] {place[0], 0, place[0]};
        }

        @Override
        public float[] preprocess(float[] features) {
          return features;
        }

        @Override
        public Model toModel(String name, Provenance provenance) {
          throw new UnsupportedOperationException();
        }
      };

  @Test
  void givenOneColumnKept_whenReconstructionIsMeasured_thenItsGroupIsWholeAndTheOtherLost() {
    Diagnostics found =
        Diagnostics.of(FIRST_COLUMN, null, TABLE, List.of("timbre", "rhythm", "timbre"));
    assertThat(found.reconstructionR2()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(found.groupR2()).isEqualTo(Map.of("timbre", 1.0, "rhythm", 0.0));
    assertThat(found.klPerDimension()).isEmpty();
    assertThat(found.activeDimensions()).isEqualTo(2);
    assertThat(found.aggregateKl()).isNull();
  }

  @Test
  void givenPosteriorIsPrior_whenMeasured_thenNothingIsActiveAndNothingDiverges() {
    Diagnostics found =
        Diagnostics.of(FIRST_COLUMN, (row, song) -> new float[] {0, 0, 0, 0}, TABLE, List.of());
    assertThat(found.activeDimensions()).isZero();
    assertThat(found.klPerDimension()).containsExactly(0.0, 0.0);
    assertThat(found.aggregateKl()).isCloseTo(0, within(1e-12));
    assertThat(found.groupR2()).isEmpty();
  }

  @Test
  void givenKnownPosterior_whenMeasured_thenFiguresAreThoseOfTheFormulas() {
    float logVariance = (float) Math.log(0.25);
    Diagnostics found =
        Diagnostics.of(
            FIRST_COLUMN,
            (row, song) -> new float[] {row[0], 0.05f * row[1], logVariance, 0},
            TABLE,
            List.of());
    assertThat(found.activeDimensions()).isEqualTo(1);
    double first = 0.5 * (1 + 0.25 - 1 - Math.log(0.25));
    assertThat(found.klPerDimension().get(0)).isCloseTo(first, within(1e-6));
    assertThat(found.klPerDimension().get(1)).isCloseTo(0.5 * 0.0025, within(1e-6));
    // The aggregate's covariance is diagonal: 1 + 0.25, and 0.0025 + 1.
    double expected = 0.5 * (1.25 + 1.0025 - 2 - Math.log(1.25) - Math.log(1.0025));
    assertThat(found.aggregateKl()).isCloseTo(expected, within(1e-6));
  }

  @Test
  void givenCollapsedModel_whenFitted_thenItsRecordSaysSo() {
    TrainingRows table = TrainingRows.of(6, Planted.clusters(3, 120, 2, 6, 0.3, 2));
    Representation heavy =
        Representations.of(
            "vae",
            Map.of(
                "beta",
                "1000",
                "warm_up",
                "0",
                "hidden",
                "8",
                "latent",
                "3",
                "epochs",
                "60",
                "learning_rate",
                "0.01"));
    Model model =
        heavy
            .fit(table, Representation.Setting.of(1))
            .toModel("vae", new Provenance("", 120, "", 1L, heavy.options(), Map.of()));
    assertThat(model.getActiveDimensions()).isZero();
    assertThat(model.getKlPerDimension()).allMatch(kl -> kl < 0.01);
  }
}
