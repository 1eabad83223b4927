package org.surmala.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle is the definition: the autocorrelation of each window by its sum of products. */
class MeanAutocorrelationTest {
  private static final int LAGS = 344;

  private static double[] byDefinition(double[] sound, int windows, int lags) {
    double[] mean = new double[lags];
    double[] window = HannWindow.periodic(lags);
    for (int t = 0; t < windows; t++) {
      double[] values = new double[lags];
      for (int n = 0; n < lags; n++) {
        values[n] = sound[t + n] * window[n];
      }
      double energy = 0;
      for (int lag = 0; lag < lags; lag++) {
        double sum = 0;
        for (int n = 0; n + lag < lags; n++) {
          sum += values[n] * values[n + lag];
        }
        energy = lag == 0 ? sum : energy;
        mean[lag] += energy > 0 ? sum / energy / windows : 0;
      }
    }
    return mean;
  }

  private static double[] noise(int length) {
    Random random = new Random(1);
    return random.doubles(length).toArray();
  }

  @ParameterizedTest
  @CsvSource({"1,344", "129,344", "1292,344", "500,43", "40,4", "700,345", "341,341"})
  void givenNoise_whenMeasured_thenItIsTheMeanOfAllWindows(int windows, int lags) {
    double[] sound = noise(windows + lags - 1);
    double[] result = new double[lags];

    new MeanAutocorrelation(lags).measure(sound, windows, result);

    assertThat(result).containsExactly(byDefinition(sound, windows, lags), within(1e-12));
  }

  @Test
  void givenPartsOfVeryDifferentLevels_whenMeasured_thenEachWindowCountsAlike() {
    double[] sound = noise(2000);
    for (int i = 300; i < 1200; i++) {
      sound[i] *= i < 700 ? 1e-12 : 1e-5;
    }
    int windows = sound.length - LAGS + 1;
    double[] result = new double[LAGS];

    new MeanAutocorrelation(LAGS).measure(sound, windows, result);

    assertThat(result).containsExactly(byDefinition(sound, windows, LAGS), within(1e-9));
  }

  @Test
  void givenSilenceThenSound_whenMeasured_thenSilentWindowsCountAsZero() {
    double[] sound = noise(1500);
    Arrays.fill(sound, 0, 600, 0);
    int windows = sound.length - LAGS + 1;
    double[] result = new double[LAGS];

    new MeanAutocorrelation(LAGS).measure(sound, windows, result);

    assertThat(result).containsExactly(byDefinition(sound, windows, LAGS), within(1e-9));
    assertThat(result[0]).isLessThan(1);
  }

  @Test
  void givenASoundBefore_whenMeasuredAgain_thenNothingOfItIsLeft() {
    double[] sound = noise(LAGS + 99);
    double[] first = new double[LAGS];
    double[] again = new double[LAGS];
    MeanAutocorrelation measure = new MeanAutocorrelation(LAGS);
    measure.measure(sound, 100, first);
    measure.measure(noise(3 * LAGS), 2 * LAGS, new double[LAGS]);

    measure.measure(sound, 100, again);

    assertThat(again).containsExactly(first);
  }
}
