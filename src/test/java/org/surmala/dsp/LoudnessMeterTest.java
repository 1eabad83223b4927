package org.surmala.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoudnessMeterTest {
  /** The tables of ITU-R BS.1770-4, annex 1, for 48 kHz. */
  @Test
  void designsTheFiltersOfTheRecommendation() {
    LoudnessMeter.Biquad shelf = LoudnessMeter.shelf(48_000);
    assertThat(shelf.b0()).isCloseTo(1.53512485958697, within(1e-9));
    assertThat(shelf.b1()).isCloseTo(-2.69169618940638, within(1e-9));
    assertThat(shelf.b2()).isCloseTo(1.19839281085285, within(1e-9));
    assertThat(shelf.a1()).isCloseTo(-1.69065929318241, within(1e-9));
    assertThat(shelf.a2()).isCloseTo(0.73248077421585, within(1e-9));
    LoudnessMeter.Biquad highPass = LoudnessMeter.highPass(48_000);
    assertThat(highPass.a1()).isCloseTo(-1.99004745483398, within(1e-9));
    assertThat(highPass.a2()).isCloseTo(0.99007225036621, within(1e-9));
  }

  /**
   * BS.1770-4: a sine of 997 Hz at full scale in one front channel reads -3.01 LKFS; a meter may be
   * 0.1 LU off (EBU Tech 3341).
   */
  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 22_050, 44_100, 48_000, 96_000})
  void readsTheRecommendationsSineRightly(int rate) {
    assertThat(new LoudnessMeter(rate).integrated(sine(rate, 997, 1, 5)))
        .isCloseTo(-3.01, within(0.1));
  }

  /**
   * EBU Tech 3341 (2016), table 1, test signals 1 to 5 in one channel instead of two, and so 3.01
   * LU quieter: a sine of 1 kHz, given as level in dB of full scale and seconds.
   */
  @ParameterizedTest
  @CsvSource({
    "-23:20, -26.01",
    "-33:20, -36.01",
    "-36:10 -23:60 -36:10, -26.01",
    "-72:10 -36:10 -23:60 -36:10 -72:10, -26.01",
    "-26:20 -20:20.1 -26:20, -26.01"
  })
  void passesTheBroadcastersTests(String parts, double expected) {
    int rate = 48_000;
    float[] signal = new float[0];
    for (String part : parts.split(" ", -1)) {
      String[] levelAndSeconds = part.split(":", -1);
      float[] sine =
          sine(
              rate,
              1_000,
              Math.pow(10, Double.parseDouble(levelAndSeconds[0]) / 20),
              Double.parseDouble(levelAndSeconds[1]));
      float[] joined = Arrays.copyOf(signal, signal.length + sine.length);
      System.arraycopy(sine, 0, joined, signal.length, sine.length);
      signal = joined;
    }

    assertThat(new LoudnessMeter(rate).integrated(signal)).isCloseTo(expected, within(0.1));
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 1",
    "11025, 2",
    "16000, 3",
    "22050, 4",
    "22050, 5",
    "22050, 6",
    "44100, 7",
    "48000, 8",
    "96000, 9"
  })
  void agreesWithFfmpeg(int rate, long seed) {
    float[] signal = phrases(rate, seed);

    double expected = FfmpegLoudness.integrated(signal, rate);

    assertThat(expected).isBetween(-60.0, 0.0);
    assertThat(new LoudnessMeter(rate).integrated(signal)).isCloseTo(expected, within(0.1));
  }

  @Test
  void followsTheGain() {
    LoudnessMeter meter = new LoudnessMeter(22_050);
    float[] signal = phrases(22_050, 11);
    float[] half = new float[signal.length];
    for (int i = 0; i < signal.length; i++) {
      half[i] = signal[i] / 2;
    }

    assertThat(meter.integrated(half))
        .isCloseTo(meter.integrated(signal) - 20 * Math.log10(2), within(1e-4));
  }

  @Test
  void hearsNoSilence() {
    LoudnessMeter meter = new LoudnessMeter(22_050);
    float[] signal = sine(22_050, 440, 0.1, 10);
    float[] followed = Arrays.copyOf(signal, 2 * signal.length);

    assertThat(meter.integrated(followed)).isCloseTo(meter.integrated(signal), within(0.1));
  }

  @Test
  void givesNoNumberToSilenceOrToLessThanABlock() {
    LoudnessMeter meter = new LoudnessMeter(22_050);

    assertThat(meter.integrated(new float[22_050])).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(meter.integrated(new float[0])).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(meter.integrated(sine(22_050, 440, 0.0003, 2)))
        .as("a sine below the absolute gate")
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(meter.integrated(sine(22_050, 440, 1, 0.39))).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(meter.integrated(sine(22_050, 440, 1, 0.4))).isBetween(-6.0, -3.0);
  }

  @Test
  void refusesARateThatHoldsNoSpeech() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoudnessMeter(3_999))
        .withMessageContaining("3999")
        .withMessageContaining("4000 Hz");
  }

  private static float[] sine(int rate, double frequency, double amplitude, double seconds) {
    float[] sine = new float[(int) Math.round(rate * seconds)];
    for (int i = 0; i < sine.length; i++) {
      sine[i] = (float) (amplitude * Math.sin(2 * Math.PI * frequency * i / rate));
    }
    return sine;
  }

  /** 15 s of tones and coloured noise of changing level, with pauses. */
  private static float[] phrases(int rate, long seed) {
    Random random = new Random(seed);
    float[] signal = new float[15 * rate];
    int begin = 0;
    while (begin < signal.length) {
      int end = Math.min(signal.length, begin + (int) (rate * (0.1 + 2 * random.nextDouble())));
      double level = random.nextInt(5) == 0 ? 0 : Math.pow(10, -2 * random.nextDouble() - 0.3);
      double frequency = 40 * Math.pow(80, random.nextDouble());
      double colour = random.nextDouble();
      double noise = 0;
      for (int i = begin; i < end; i++) {
        noise = colour * noise + (1 - colour) * random.nextGaussian();
        double tone = Math.sin(2 * Math.PI * frequency * i / rate);
        signal[i] = (float) (level * (0.5 * tone + 0.3 * noise));
      }
      begin = end;
    }
    return signal;
  }
}
