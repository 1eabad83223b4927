package org.surmala.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import be.tarsos.dsp.util.fft.FFT;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RealFftTest {
  private static double[] noise(int size) {
    return new Random(size).doubles(size, -1, 1).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096})
  void equalsTheSumThatDefinesIt(int size) {
    double[] samples = noise(size);
    RealFft fft = new RealFft(size);
    double[] real = new double[fft.bins()];
    double[] imaginary = new double[fft.bins()];
    fft.transform(samples, real, imaginary);
    assertThat(fft.bins()).isEqualTo(size / 2 + 1);
    for (int k = 0; k <= size / 2; k += Math.max(1, size / 64)) {
      double sumReal = 0;
      double sumImaginary = 0;
      for (int n = 0; n < size; n++) {
        double angle = -2 * Math.PI * (((long) k * n) % size) / size;
        sumReal += samples[n] * Math.cos(angle);
        sumImaginary += samples[n] * Math.sin(angle);
      }
      assertThat(real[k]).as("real part of bin %s", k).isCloseTo(sumReal, within(1e-11));
      assertThat(imaginary[k])
          .as("imaginary part, bin %s", k)
          .isCloseTo(sumImaginary, within(1e-11));
    }
  }

  @Test
  void leavesItsInputAndAnEarlierResultBehind() {
    RealFft fft = new RealFft(512);
    double[] first = noise(512);
    double[] real = new double[257];
    double[] imaginary = new double[257];
    fft.transform(first, real, imaginary);
    double[] realAgain = new double[257];
    double[] imaginaryAgain = new double[257];
    fft.transform(new double[512], realAgain, imaginaryAgain);
    assertThat(realAgain).containsOnly(0);
    fft.transform(first, realAgain, imaginaryAgain);
    assertThat(realAgain).isEqualTo(real);
    assertThat(imaginaryAgain).isEqualTo(imaginary);
    assertThat(first).isEqualTo(noise(512));
  }

  /** Parseval: the energy is the same on either side. */
  @Test
  void keepsTheEnergy() {
    double[] samples = noise(2048);
    RealFft fft = new RealFft(2048);
    double[] real = new double[1025];
    double[] imaginary = new double[1025];
    fft.transform(samples, real, imaginary);
    double before = 0;
    for (double sample : samples) {
      before += sample * sample;
    }
    double after = 0;
    for (int k = 0; k <= 1024; k++) {
      double power = real[k] * real[k] + imaginary[k] * imaginary[k];
      after += k == 0 || k == 1024 ? power : 2 * power;
    }
    assertThat(after / 2048).isCloseTo(before, within(1e-9));
  }

  @Test
  void agreesWithTarsosDspToSinglePrecision() {
    double[] samples = noise(2048);
    RealFft fft = new RealFft(2048);
    double[] real = new double[1025];
    double[] imaginary = new double[1025];
    fft.transform(samples, real, imaginary);
    float[] packed = new float[2048];
    for (int n = 0; n < 2048; n++) {
      packed[n] = (float) samples[n];
    }
    new FFT(2048).forwardTransform(packed);
    for (int k = 1; k < 1024; k++) {
      assertThat((double) packed[2 * k]).isCloseTo(real[k], within(1e-4));
      assertThat((double) packed[2 * k + 1]).isCloseTo(imaginary[k], within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-8, 0, 2, 1000})
  void refusesASizeThatIsNoPowerOfTwo(int size) {
    assertThatThrownBy(() -> new RealFft(size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("power of two")
        .hasMessageContaining(Integer.toString(size));
  }
}
