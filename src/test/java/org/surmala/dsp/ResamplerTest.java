package org.surmala.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.golden.Npy;

final class ResamplerTest {
  private static final int TARGET = 22_050;

  /** At either end of a signal its being cut off rings over half a filter. */
  private static final double EDGE_SECONDS = 0.05;

  /** libsoxr HQ by way of librosa 0.11; a sweep in one channel, a sine in the other. */
  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 32_000, 44_100, 48_000})
  void equalsSoxrHighQuality(int rate) throws IOException {
    float[] mono = meanOfGoldenInput(rate);
    double[] expected = Npy.read("resample/librosa_soxr_hq_" + rate + "_to_22050.npy").values();

    float[] actual = new Resampler(rate, TARGET).resample(mono);

    assertThat(actual).hasSize(expected.length);
    // The sweep rises from 0 to 0.45 of the input's rate within the two seconds.
    double seconds = (double) mono.length / rate;
    double sweepEnd = 0.9 * Math.min(rate, TARGET) / 2 / (0.45 * rate / seconds);
    int from = (int) (EDGE_SECONDS * TARGET);
    int to = (int) ((Math.min(sweepEnd, seconds) - EDGE_SECONDS) * TARGET);
    assertThat(signalToErrorDb(expected, actual, from, to)).isGreaterThanOrEqualTo(80);
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 22050", "11025, 22050", "12000, 22050", "16000, 22050", "22050, 22050",
    "22254, 22050", "24000, 22050", "32000, 22050", "37800, 22050", "44056, 22050",
    "44100, 22050", "47999, 22050", "48000, 22050", "64000, 22050", "88200, 22050",
    "96000, 22050", "176400, 22050", "191999, 22050", "192000, 22050", "384000, 22050",
    "44100, 16000", "48000, 8000", "22050, 48000", "44100, 48000", "8000, 192000",
    "96000, 44100"
  })
  void givesTheSameSumOfSinesAtAnyRate(int from, int to) {
    double nyquist = Math.min(from, to) / 2.0;
    double seconds = 0.7;
    float[] input = sines((int) (seconds * from), from, nyquist);
    Resampler resampler = new Resampler(from, to);

    float[] actual = resampler.resample(input);

    assertThat(actual).hasSize((int) Math.ceil((double) input.length * to / from));
    float[] expected = sines(actual.length, to, nyquist);
    int edge = (int) (EDGE_SECONDS * to);
    assertThat(signalToErrorDb(doubles(expected), actual, edge, actual.length - edge))
        .isGreaterThanOrEqualTo(98);
  }

  @ParameterizedTest
  @CsvSource({
    "24000, 22050",
    "32000, 22050",
    "44056, 22050",
    "44100, 22050",
    "48000, 22050",
    "64000, 22050",
    "88200, 22050",
    "96000, 22050",
    "192000, 22050"
  })
  void keepsASweepAboveTheNewNyquistFrequencyOut(int from, int to) {
    int length = from * 2;
    int fade = from / 10;
    float[] sweep = new float[length];
    double phase = 0;
    for (int i = 0; i < length; i++) {
      // What fades in and out within a tenth of a second is no wider than some 20 Hz.
      double low = to / 2.0 + 40;
      phase += 2 * Math.PI * (low + (from / 2.0 - low) * i / length) / from;
      double edge = Math.min(1, (double) Math.min(i, length - 1 - i) / fade);
      sweep[i] = (float) (Math.sin(phase) * (0.5 - 0.5 * Math.cos(Math.PI * edge)));
    }

    float[] actual = new Resampler(from, to).resample(sweep);

    float peak = 0;
    for (float sample : actual) {
      peak = Math.max(peak, Math.abs(sample));
    }
    assertThat(20 * Math.log10(peak)).isLessThanOrEqualTo(-105);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 32_000, 44_056, 44_100, 48_000, 96_000, 192_000})
  void isFlatToTheEndOfThePassBand(int from) {
    Resampler resampler = new Resampler(from, TARGET);
    double nyquist = Math.min(from, TARGET) / 2.0;
    for (double share : new double[] {0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.8, 0.85, 0.88, 0.913}) {
      double frequency = share * nyquist;
      float[] sine = new float[from];
      for (int i = 0; i < sine.length; i++) {
        sine[i] = (float) Math.sin(2 * Math.PI * frequency * i / from);
      }

      float[] actual = resampler.resample(sine);

      double dot = 0;
      double square = 0;
      for (int i = TARGET / 10; i < TARGET * 9 / 10; i++) {
        double reference = Math.sin(2 * Math.PI * frequency * i / TARGET);
        dot += reference * actual[i];
        square += reference * reference;
      }
      assertThat(20 * Math.log10(dot / square)).as("at %s", frequency).isCloseTo(0, within(0.001));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 44_099, 44_100, 44_101})
  void hasTheLengthThatTheTimeAsksFor(int length) {
    for (int from : new int[] {8_000, 44_100, 48_000, 44_056, 192_000}) {
      float[] actual = new Resampler(from, TARGET).resample(new float[length]);

      assertThat(actual.length).isEqualTo((length * (long) TARGET + from - 1) / from);
    }
  }

  @Test
  void leavesNothingOfNothing() {
    assertThat(new Resampler(48_000, TARGET).resample(new float[0])).isEmpty();
  }

  @Test
  void copiesAtTheSameRate() {
    float[] input = {0.1f, -0.2f, 0.3f};

    float[] actual = new Resampler(TARGET, TARGET).resample(input);

    assertThat(actual).containsExactly(input).isNotSameAs(input);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 44_056, 44_100, 48_000, 192_000})
  void keepsSilenceExactly(int from) {
    assertThat(new Resampler(from, TARGET).resample(new float[from])).containsOnly(0f);
  }

  /** A click at the very end must ring as one in the middle does, as far as there is room. */
  @ParameterizedTest
  @ValueSource(ints = {44_100, 48_000, 96_000, 192_000})
  void treatsTheEndsAsTheMiddle(int from) {
    float[] middle = new float[from];
    float[] end = new float[from];
    int shift = from / 50;
    middle[from - 1 - shift] = 1;
    end[from - 1] = 1;
    Resampler resampler = new Resampler(from, TARGET);

    float[] ofMiddle = resampler.resample(middle);
    float[] ofEnd = resampler.resample(end);

    int shifted = TARGET / 50;
    assertThat(
            largestDifference(
                Arrays.copyOfRange(ofEnd, shifted, TARGET),
                Arrays.copyOf(ofMiddle, TARGET - shifted)))
        .isLessThan(1e-6);
    assertThat(ofEnd[TARGET - 1]).isGreaterThan(0.01f);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -44_100, 999, 1_000_001})
  void refusesRatesThatAreNone(int rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Resampler(rate, TARGET))
        .withMessageContaining("from")
        .withMessageContaining("1000 to 1000000 Hz")
        .withMessageContaining(String.valueOf(rate));
    assertThatIllegalArgumentException().isThrownBy(() -> new Resampler(TARGET, rate));
  }

  private static float[] sines(int length, int rate, double nyquist) {
    float[] sum = new float[length];
    double[] shares = {0.013, 0.11, 0.29, 0.47, 0.63, 0.79, 0.91};
    for (int i = 0; i < length; i++) {
      double value = 0;
      for (int k = 0; k < shares.length; k++) {
        value += Math.sin(2 * Math.PI * shares[k] * nyquist * i / rate + k) / shares.length;
      }
      sum[i] = (float) value;
    }
    return sum;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static double signalToErrorDb(double[] expected, float[] actual, int from, int to) {
    double signal = 0;
    double error = 0;
    for (int i = from; i < to; i++) {
      signal += expected[i] * expected[i];
      error += (expected[i] - actual[i]) * (expected[i] - actual[i]);
    }
    return 10 * Math.log10(signal / error);
  }

  /** The mean of the two channels of a float WAV file. */
  private static float[] meanOfGoldenInput(int rate) throws IOException {
    String name = "/golden/resample/in_" + rate + ".wav";
    try (InputStream in = ResamplerTest.class.getResourceAsStream(name)) {
      ByteBuffer file =
          ByteBuffer.wrap(Objects.requireNonNull(in, name).readAllBytes())
              .order(ByteOrder.LITTLE_ENDIAN);
      int chunk = 12;
      while (file.getInt(chunk) != 0x61746164) { // "data"
        chunk += 8 + file.getInt(chunk + 4);
      }
      float[] mean = new float[file.getInt(chunk + 4) / 8];
      for (int i = 0; i < mean.length; i++) {
        int at = chunk + 8 + 8 * i;
        mean[i] = 0.5f * (file.getFloat(at) + file.getFloat(at + 4));
      }
      return mean;
    }
  }

  private static double largestDifference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
