package org.surmala.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Instruments are in tune, end when they should, and are as loud as a mix expects. */
final class InstrumentTest {
  @ParameterizedTest
  @EnumSource(Lead.class)
  void leadsAreInTune(Lead lead) {
    for (int key : new int[] {52, 60, 67, 76}) {
      float[] note = lead.play(PitchCurve.of(key), 1, new Random(key));

      double cents =
          1200 / Math.log(2) * Math.log(pitch(note, Sound.hertz(key)) / Sound.hertz(key));
      assertThat(cents).as("%s at key %d", lead, key).isCloseTo(0, within(20.0));
    }
  }

  @ParameterizedTest
  @CsvSource({"40", "45", "57", "69"})
  void stringsAreInTune(int key) {
    for (PluckedString string :
        new PluckedString[] {PluckedString.GUITAR, PluckedString.BASS, PluckedString.TANPURA}) {
      float[] note = string.play(key, 1, new Random(1));

      double cents =
          1200 / Math.log(2) * Math.log(pitch(note, Sound.hertz(key)) / Sound.hertz(key));
      assertThat(cents).as("%s at key %d", string, key).isCloseTo(0, within(20.0));
    }
  }

  @Test
  void glidesEndWhereTheyShould() {
    double to = Sound.hertz(64);

    float[] note = Tone.FLUTE.play(PitchCurve.slide(60, 64, 0.1), 1, new Random(1));

    assertThat(pitch(note, to)).isCloseTo(to, within(to * 0.012));
  }

  @ParameterizedTest
  @EnumSource(Lead.class)
  void leadsEndInSilence(Lead lead) {
    float[] note = lead.play(PitchCurve.of(60), 0.5, new Random(2));

    assertThat(Math.abs(note[note.length - 1])).isLessThan(0.01f);
    for (float sample : note) {
      assertThat(Math.abs(sample)).isLessThan(1.5f);
    }
  }

  /**
   * The frequency within half a semitone of the expected one whose period the sound's second half
   * repeats best: the maximum of its autocorrelation, refined by a parabola.
   */
  private static double pitch(float[] note, double expected) {
    int from = note.length / 3;
    int window = 8_192;
    double period = Sound.RATE / expected;
    // Several periods away a cent is worth more of a sample.
    int periods = Math.max(1, (int) (400 / period));
    int low = (int) (periods * period * 0.97);
    int high = (int) (periods * period * 1.03) + 1;
    double best = Double.NEGATIVE_INFINITY;
    int at = low;
    for (int lag = low; lag <= high; lag++) {
      double value = correlation(note, from, window, lag);
      if (value > best) {
        best = value;
        at = lag;
      }
    }
    double before = correlation(note, from, window, at - 1);
    double after = correlation(note, from, window, at + 1);
    double shift = 0.5 * (before - after) / (before - 2 * best + after);
    return periods * Sound.RATE / (at + shift);
  }

  private static double correlation(float[] note, int from, int window, int lag) {
    double cross = 0;
    double own = 0;
    double other = 0;
    for (int i = from; i < from + window; i++) {
      cross += (double) note[i] * note[i + lag];
      own += (double) note[i] * note[i];
      other += (double) note[i + lag] * note[i + lag];
    }
    return cross / Math.sqrt(own * other);
  }
}
