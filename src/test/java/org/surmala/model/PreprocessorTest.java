package org.surmala.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surmala.model.nn.SeededRandom;

final class PreprocessorTest {
  private static final PreprocessOptions PLAIN = options("none", "0");

  private static PreprocessOptions options(String transform, String clip) {
    return PreprocessOptions.read(
        new OptionReader("raw", Map.of("transform", transform, "clip", clip)));
  }

  @Test
  void givenNoTransform_whenRowsAreStandardised_thenPopulationStatisticsAreUsed() {
    // Mean 2, population deviation √(2/3).
    Preprocessor preprocessor =
        Preprocessor.fit(TrainingRows.of(1, new float[] {1, 2, 3}), PLAIN, List.of());
    assertThat(preprocessor.apply(new float[] {3})[0])
        .isCloseTo((float) Math.sqrt(1.5), within(1e-6f));
    assertThat(preprocessor.apply(new float[] {2})[0]).isZero();
  }

  @Test
  void givenConstantColumn_whenNewRowDiffers_thenItIsStillZero() {
    Preprocessor preprocessor =
        Preprocessor.fit(
            TrainingRows.of(2, new float[] {0.1f, 1, 0.1f, 2, 0.1f, 3}), PLAIN, List.of());
    assertThat(preprocessor.apply(new float[] {77, 2})).containsExactly(0, 0);
  }

  @Test
  void givenClip_whenValueIsFarOut_thenItIsClipped() {
    Preprocessor preprocessor =
        Preprocessor.fit(
            TrainingRows.of(1, new float[] {-1, 1}), options("none", "2.5"), List.of());
    assertThat(preprocessor.apply(new float[] {1000})).containsExactly(2.5f);
    assertThat(preprocessor.apply(new float[] {-1000})).containsExactly(-2.5f);
  }

  @Test
  void givenGroupWeights_whenRowIsPrepared_thenGroupsColumnsAreScaled() {
    PreprocessOptions weighted =
        PreprocessOptions.read(
            new OptionReader(
                "raw", Map.of("transform", "none", "clip", "0", "weights", "rhythm=0.5,level=0")));
    Preprocessor preprocessor =
        Preprocessor.fit(
            TrainingRows.of(3, new float[] {-1, -1, -1, 1, 1, 1}),
            weighted,
            List.of("timbre", "rhythm", "level"));
    assertThat(preprocessor.apply(new float[] {1, 1, 1})).containsExactly(1, 0.5f, 0);
  }

  @Test
  void givenWeightOfNoGroup_whenFitted_thenTheGroupsAreNamed() {
    PreprocessOptions weighted =
        PreprocessOptions.read(new OptionReader("raw", Map.of("weights", "rythm=1")));
    assertThatThrownBy(
            () ->
                Preprocessor.fit(
                    TrainingRows.of(1, new float[] {1, 2}), weighted, List.of("rhythm")))
        .hasMessage("preprocess.weights names the feature group 'rythm'; the groups are rhythm");
  }

  @Test
  void givenPowerTransform_whenValuesAreKnown_thenTheyAreYeoAndJohnsons() {
    // The definition, case by case.
    assertThat(Preprocessor.power(3, 1)).isCloseTo(3, within(1e-12));
    assertThat(Preprocessor.power(-3, 1)).isCloseTo(-3, within(1e-12));
    assertThat(Preprocessor.power(3, 0)).isCloseTo(Math.log(4), within(1e-12));
    assertThat(Preprocessor.power(3, 0.5)).isCloseTo(2, within(1e-12));
    assertThat(Preprocessor.power(-3, 2)).isCloseTo(-Math.log(4), within(1e-12));
    assertThat(Preprocessor.power(-3, 1.5)).isCloseTo(-2, within(1e-12));
  }

  @Test
  void givenLogNormalColumn_whenExponentIsSought_thenItIsNearTheLogarithms() {
    SeededRandom random = new SeededRandom(5, 0);
    float[] column = new float[4_000];
    for (int i = 0; i < column.length; i++) {
      // power(x, 0) is log(1 + x), which makes this exactly normal.
      column[i] = (float) Math.expm1(2 + 0.5 * random.gaussian());
    }
    assertThat(Preprocessor.bestExponent(column)).isCloseTo(0, within(0.05f));
  }

  @Test
  void givenColumnOfSmallNumbers_whenExponentIsSought_thenItIsScipys() {
    float[] column = new float[50];
    float[] mirrored = new float[50];
    for (int i = 0; i < column.length; i++) {
      column[i] = (float) (1e-5 * (i + 1) * (i + 1));
      mirrored[i] = -column[i];
    }
    // scipy.stats.yeojohnson, SciPy 1.17.1.
    assertThat(Preprocessor.bestExponent(column)).isCloseTo(-56.18736f, within(0.01f));
    assertThat(Preprocessor.bestExponent(mirrored)).isCloseTo(58.18736f, within(0.01f));
  }

  @Test
  void givenRankTransform_whenTrainingRowsArePrepared_thenTheyAreNormalScores() {
    float[] values = new float[999];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.exp(0.01 * i);
    }
    Preprocessor preprocessor =
        Preprocessor.fit(TrainingRows.of(1, values), options("rank", "0"), List.of());
    assertThat(preprocessor.apply(new float[] {values[499]})[0]).isCloseTo(0, within(1e-4f));
    // The 97.5 % quantile of a standard normal; the scores' deviation is a little below 1.
    assertThat(preprocessor.apply(new float[] {values[974]})[0]).isCloseTo(1.96f, within(0.02f));
    float beyond = preprocessor.apply(new float[] {1e30f})[0];
    assertThat(beyond).isEqualTo(preprocessor.apply(new float[] {values[998]})[0]);
  }

  @Test
  void givenNaN_whenFitted_thenRowAndColumnAreNamed() {
    assertThatThrownBy(
            () ->
                Preprocessor.fit(
                    TrainingRows.of(2, new float[] {1, 2, 3, Float.NaN}), PLAIN, List.of()))
        .hasMessage("row 1 has NaN in column 1; a feature must be finite");
  }
}
