package org.surmala.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.golden.GoldenSound;
import org.surmala.golden.Npy;

/** Beat and onsets, from onset strengths with known answers and from librosa's. */
final class RhythmTest {
  private static final int RATE = 22050;
  private static final int HOP = 512;

  private static float[] clicks(int frames, double period, double jitter) {
    Random random = new Random(7);
    float[] strength = new float[frames];
    for (double at = 3; at < frames - 1; at += period) {
      double moved = Math.max(0, at + jitter * period * random.nextGaussian());
      int frame = (int) moved;
      double fraction = moved - frame;
      if (frame + 1 < frames) {
        strength[frame] += (float) (10 * (1 - fraction));
        strength[frame + 1] += (float) (10 * fraction);
      }
    }
    return strength;
  }

  private static Tempo measure(float[] strength) {
    Tempo tempo = new Tempo(RATE, HOP);
    tempo.measure(strength, 0, strength.length);
    return tempo;
  }

  @ParameterizedTest
  @ValueSource(doubles = {70, 90, 100, 120, 135, 150})
  void aClickTrackHasItsTempo(double bpm) {
    double period = 60.0 * RATE / HOP / bpm;
    Tempo tempo = measure(clicks(1292, period, 0));
    // A period of whole frames is within half a frame of the true one.
    assertThat(tempo.bpm()).isCloseTo(bpm, within(bpm * 0.51 / period));
    assertThat(tempo.strength()).isGreaterThan(0.5);
    assertThat(tempo.regularity()).isGreaterThan(0.8);
  }

  /** Of onsets on whole frames alone: the period is that of many beats. */
  @ParameterizedTest
  @ValueSource(doubles = {60, 70, 90, 100, 120, 128, 135, 150, 170})
  void theFineTempoIsWithinAFifthOfAPercent(double bpm) {
    assertThat(measure(clicks(1292, 60.0 * RATE / HOP / bpm, 0)).fineBpm())
        .isCloseTo(bpm, within(0.002 * bpm));
  }

  @Test
  void scatteredOnsetsAreLessRegular() {
    double period = 60.0 * RATE / HOP / 120;
    double even = measure(clicks(1292, period, 0)).regularity();
    double uneven = measure(clicks(1292, period, 0.08)).regularity();
    double scattered = measure(clicks(1292, period, 0.5)).regularity();
    assertThat(even).isGreaterThan(uneven);
    assertThat(uneven).isGreaterThan(scattered);
    assertThat(scattered).isLessThan(0.5);
  }

  @Test
  void silenceHasNoBeat() {
    Tempo tempo = measure(new float[1292]);
    assertThat(tempo.strength()).isZero();
    assertThat(tempo.regularity()).isZero();
    // The period of whole frames that is nearest to 120, as librosa gives it.
    assertThat(tempo.bpm()).isCloseTo(117.45383523, within(1e-6));
  }

  @Test
  void aLouderBeatIsTheSameBeat() {
    float[] strength = clicks(700, 25, 0.05);
    float[] louder = new float[700];
    for (int i = 0; i < 700; i++) {
      louder[i] = 4 * strength[i];
    }
    Tempo tempo = measure(strength);
    Tempo other = measure(louder);
    assertThat(other.bpm()).isEqualTo(tempo.bpm());
    assertThat(other.strength()).isCloseTo(tempo.strength(), within(1e-9));
    assertThat(other.regularity()).isCloseTo(tempo.regularity(), within(1e-9));
  }

  @Test
  void aStretchIsMeasuredAsIfItWereAlone() {
    float[] strength = clicks(900, 25, 0.1);
    Tempo tempo = new Tempo(RATE, HOP);
    tempo.measure(strength, 200, 600);
    Tempo alone = measure(Arrays.copyOfRange(strength, 200, 600));
    assertThat(tempo.bpm()).isEqualTo(alone.bpm());
    assertThat(tempo.strength()).isEqualTo(alone.strength());
    assertThat(tempo.regularity()).isEqualTo(alone.regularity());
  }

  /** Values of librosa.feature.tempogram(win_length=344).mean(axis=1) at the period, 0.11.0. */
  @ParameterizedTest
  @CsvSource({
    "clicks120bpm, 0.6287004418609541",
    "melody, 0.7512213204642134",
    "quiet_mix, 0.815352141689319",
    "white_noise, 0.8478247488869849"
  })
  void theStrengthIsLibrosasMeanTempogram(String signal, double expected) {
    assertThat(measure(onsetStrength(signal)).strength()).isCloseTo(expected, within(1e-4));
  }

  /** Frames of librosa.onset.onset_detect, 0.11.0, on its own onset strengths. */
  @ParameterizedTest
  @CsvSource({
    "chirp, 5",
    "clicks120bpm, 22 44 65 87 108",
    "melody, 3 12 23 34 44 55 66 77 87 98 109 120",
    "quiet_mix, 3 23 34 44 56 66 71 87 98 109 117",
    "silence, ''",
    "sine440, 3",
    "white_noise, 3 19 74 87 96 100 127"
  })
  void onsetsAreLibrosas(String signal, String expected) {
    float[] strength = onsetStrength(signal);
    int[] onsets = new int[strength.length];
    int count = new OnsetPicker(RATE, HOP).pick(strength, 0, strength.length, onsets);
    int[] reference =
        Arrays.stream(expected.split(" "))
            .filter(frame -> !frame.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    assertThat(Arrays.copyOf(onsets, count)).isEqualTo(reference);
  }

  private static float[] onsetStrength(String signal) {
    assertThat(GoldenSound.NAMES).contains(signal);
    double[] values = Npy.read("features/" + signal + "/onset_strength.npy").values();
    float[] strength = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      strength[i] = (float) values[i];
    }
    return strength;
  }

  @Test
  void aHopTooCoarseForATempoIsRefused() {
    assertThatThrownBy(() -> new Tempo(1000, 4000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4000 samples at 1000 Hz");
  }
}
