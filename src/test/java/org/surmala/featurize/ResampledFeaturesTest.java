package org.surmala.featurize;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.dsp.Resampler;

/**
 * Features of a sound that was resampled, against those that librosa gives of it: libsoxr HQ before
 * the features. The sound has energy up to its own Nyquist frequency, as a recording has.
 */
final class ResampledFeaturesTest {
  private static final int TARGET = 22_050;
  private static final int SECONDS = 4;

  /** Allowed of a feature's own deviation over the frames. */
  private static final double SHARE = 0.02;

  /**
   * Allowed in the top band's contrast, whose valleys are the 100 Hz below the Nyquist frequency:
   * there the gain is −60 to −130 dB, and soxr's own differs by 3 dB between these rates.
   */
  private static final double TOP_CONTRAST_DB = 1.5;

  private static final List<Feature> FEATURES =
      List.of(
          Feature.LOG_MEL,
          Feature.MFCC,
          Feature.SPECTRAL_CONTRAST,
          Feature.SPECTRAL_CENTROID,
          Feature.SPECTRAL_BANDWIDTH);

  @ParameterizedTest
  @ValueSource(ints = {48_000, 44_100, 32_000})
  void givenASoundOfAnotherRate_whenResampled_thenItsFeaturesAreThoseBehindSoxr(int rate)
      throws IOException {
    float[] samples = new Resampler(rate, TARGET).resample(sound(rate));
    FrameFeatures features = new FrameFeatures(FeatureOptions.defaults(), TARGET);
    features.analyse(samples, samples.length);

    List<String[]> expected = expected(rate);
    int row = 0;
    for (Feature feature : FEATURES) {
      int width = features.width(feature);
      for (int i = 0; i < width; i++) {
        String name = feature.name().toLowerCase(Locale.ROOT) + (width == 1 ? "" : "_" + i);
        double[] column = new double[features.frames()];
        for (int frame = 0; frame < column.length; frame++) {
          column[frame] = features.of(feature)[frame * width + i];
        }
        double mean = Arrays.stream(column).average().orElseThrow();
        double deviation =
            Math.sqrt(
                Arrays.stream(column).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
        String[] fields = expected.get(row++);
        assertThat(fields[1]).isEqualTo(name);
        double wanted = Double.parseDouble(fields[3]);
        double allowed = name.equals("spectral_contrast_6") ? TOP_CONTRAST_DB : SHARE * wanted;
        assertThat(mean)
            .as("mean of %s", name)
            .isCloseTo(Double.parseDouble(fields[2]), within(allowed));
        assertThat(deviation).as("deviation of %s", name).isCloseTo(wanted, within(allowed));
      }
    }
    assertThat(row).isEqualTo(expected.size());
  }

  /** A sweep up and one down, noise that swells, and struck strings every quarter of a second. */
  private static float[] sound(int rate) {
    int length = rate * SECONDS;
    double nyquist = rate / 2.0;
    double growth = Math.log(0.98 * nyquist / 60) / SECONDS;
    double[] sound = new double[length];
    long noise = rate;
    for (int n = 0; n < length; n++) {
      double t = (double) n / rate;
      noise = (noise * 1_664_525 + 1_013_904_223) & 0xffff_ffffL;
      sound[n] =
          0.2 * Math.sin(2 * Math.PI * 60 * (Math.exp(growth * t) - 1) / growth)
              + 0.1 * Math.sin(2 * Math.PI * (9000 * t - 500 * t * t))
              + 0.1 * (0.6 + 0.4 * Math.sin(Math.PI * t)) * (noise / 2_147_483_648.0 - 1);
    }
    for (int strike = 0; strike < 4 * SECONDS; strike++) {
      double pitch = 110 * Math.pow(2, (7 * strike % 24) / 12.0);
      for (int partial = 1; partial <= 12; partial++) {
        double frequency = partial * pitch * Math.sqrt(1 + 0.0004 * partial * partial);
        for (int n = strike * rate / 4; n < length; n++) {
          double t = (double) n / rate - strike / 4.0;
          sound[n] +=
              0.12 / partial * Math.exp(-(4 + partial) * t) * Math.sin(2 * Math.PI * frequency * t);
        }
      }
    }
    float[] samples = new float[length];
    for (int n = 0; n < length; n++) {
      samples[n] = (float) sound[n];
    }
    return samples;
  }

  private static List<String[]> expected(int rate) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                requireNonNull(
                    ResampledFeaturesTest.class.getResourceAsStream(
                        "/golden/resample/features_after_soxr_hq.csv")),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(line -> line.split(","))
          .filter(fields -> fields[0].equals(String.valueOf(rate)))
          .toList();
    }
  }
}
