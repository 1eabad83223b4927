package org.surmala.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Statistics, slopes, cosine transform and decibels of series with known answers. */
final class SeriesTest {
  private static int[] rows(int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, i -> i);
    return rows;
  }

  @Test
  void momentsOfAFewNumbers() {
    Moments moments = new Moments(2);
    // (1 2 3 10) has central moments 12.5 and 45; (5 5 5 5) is constant.
    moments.measure(new float[] {1, 5, 2, 5, 3, 5, 10, 5}, 2, rows(4), 0, 4);
    assertThat(moments.mean(0)).isEqualTo(4);
    assertThat(moments.deviation(0)).isCloseTo(Math.sqrt(12.5), within(1e-12));
    assertThat(moments.skewness(0)).isCloseTo(45 / Math.pow(12.5, 1.5), within(1e-12));
    assertThat(moments.mean(1)).isEqualTo(5);
    assertThat(moments.deviation(1)).isZero();
    assertThat(moments.skewness(1)).isZero();
  }

  @Test
  void momentsOfSomeRowsOnly() {
    Moments moments = new Moments(1);
    float[] table = {100, 1, 2, 100, 3, 10, 100};
    moments.measure(table, 1, new int[] {0, 1, 2, 4, 5, 6}, 1, 5);
    assertThat(moments.mean(0)).isEqualTo(4);
    assertThat(moments.skewness(0)).isCloseTo(45 / Math.pow(12.5, 1.5), within(1e-12));
    moments.measure(table, 1, new int[0], 0, 0);
    assertThat(moments.mean(0)).isZero();
    assertThat(moments.deviation(0)).isZero();
    assertThat(moments.skewness(0)).isZero();
  }

  @Test
  void theSlopeOfALineIsItsSlopeEverywhere() {
    float[] line = new float[20 * 2];
    for (int frame = 0; frame < 20; frame++) {
      line[2 * frame] = 3 * frame - 7;
      line[2 * frame + 1] = -0.5f * frame;
    }
    float[] slope = new float[40];
    new Delta(9, 1).apply(line, 20, 2, slope);
    for (int frame = 0; frame < 20; frame++) {
      assertThat(slope[2 * frame]).isCloseTo(3, within(1e-5f));
      assertThat(slope[2 * frame + 1]).isCloseTo(-0.5f, within(1e-5f));
    }
  }

  @Test
  void theSecondDerivativeOfAParabolaIsItsBend() {
    float[] parabola = new float[15];
    for (int frame = 0; frame < 15; frame++) {
      parabola[frame] = 2 * frame * frame - frame;
    }
    float[] bend = new float[15];
    new Delta(9, 2).apply(parabola, 15, 1, bend);
    for (float value : bend) {
      assertThat(value).isCloseTo(4, within(1e-4f));
    }
  }

  @Test
  void aSeriesShorterThanTheNeighbourhoodIsRefused() {
    assertThatThrownBy(() -> new Delta(9, 1).apply(new float[8], 8, 1, new float[8]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9 frames")
        .hasMessageContaining("8");
    assertThatThrownBy(() -> new Delta(8, 1)).hasMessageContaining("odd");
    assertThatThrownBy(() -> new Delta(9, 3)).hasMessageContaining("1 or 2, not 3");
  }

  @Test
  void theCosineTransformKeepsLengths() {
    float[] in = new float[32];
    for (int n = 0; n < 32; n++) {
      in[n] = (float) Math.sin(n * n);
    }
    float[] out = new float[32];
    new CosineTransform(32, 32).apply(in, 0, out, 0);
    double before = 0;
    double after = 0;
    for (int n = 0; n < 32; n++) {
      before += in[n] * in[n];
      after += out[n] * out[n];
    }
    assertThat(after).isCloseTo(before, within(1e-4));
  }

  @Test
  void decibelsHaveAFloorAndARange() {
    float[] values = {1, 100, 1e-3f, 0, 1e-9f};
    Decibels.ofPowers(values, 5);
    assertThat(values).containsExactly(new float[] {0, 20, -30, -60, -60}, within(1e-4f));
    float[] silence = {0, 0};
    Decibels.ofPowers(silence, 2);
    assertThat(silence).containsExactly(new float[] {-100, -100}, within(1e-4f));
  }

  @Test
  void contrastHasAsManyOctavesAsTheRateHolds() {
    assertThat(SpectralContrast.bands(22050)).isEqualTo(7);
    assertThat(SpectralContrast.bands(44100)).isEqualTo(7);
    assertThat(SpectralContrast.bands(8000)).isEqualTo(6);
    assertThatThrownBy(() -> new SpectralContrast(192000, 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("256 samples")
        .hasMessageContaining("192000 Hz");
  }
}
