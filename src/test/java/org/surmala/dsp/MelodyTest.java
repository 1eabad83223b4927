package org.surmala.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitch and melody of sounds that were made to have them. */
final class MelodyTest {
  private static final int RATE = 22_050;
  private static final int HOP = 512;

  /** A tone of six partials, whose pitch in semitones from A4 is a function of the time. */
  private static float[] tone(double seconds, DoubleUnaryOperator semitones) {
    float[] samples = new float[(int) (seconds * RATE)];
    double phase = 0;
    for (int n = 0; n < samples.length; n++) {
      double hertz = 440 * Math.pow(2, semitones.applyAsDouble((double) n / RATE) / 12);
      phase += 2 * Math.PI * hertz / RATE;
      for (int partial = 1; partial <= 6; partial++) {
        samples[n] += (float) (0.2 / partial * Math.sin(partial * phase));
      }
    }
    return samples;
  }

  private static Melody melody(float[] samples) {
    PitchTracker tracker = new PitchTracker(RATE, HOP);
    float[] pitches = new float[samples.length / HOP + 1];
    for (int frame = 0; frame < pitches.length; frame++) {
      pitches[frame] = tracker.pitch(samples, samples.length, frame);
    }
    Melody melody = new Melody((double) RATE / HOP);
    melody.measure(pitches, 0, pitches.length);
    return melody;
  }

  @ParameterizedTest
  @ValueSource(ints = {-31, -24, -13, 0, 5, 19, 24})
  void aHeldToneHasItsPitchAndNothingElse(int semitones) {
    Melody melody = melody(tone(3, t -> semitones));

    assertThat(melody.median()).isCloseTo(semitones, within(0.1));
    assertThat(melody.spread()).isLessThan(0.1);
    assertThat(melody.range()).isLessThan(0.2);
    assertThat(melody.voiced()).isGreaterThan(0.97);
    assertThat(melody.vibrato()).isLessThan(0.05);
  }

  @ParameterizedTest
  @CsvSource({"5, 0.3", "6, 0.5", "6.3, 1", "7, 0.3"})
  void aVibratoHasItsDepth(double rate, double depth) {
    Melody melody = melody(tone(4, t -> depth * Math.sin(2 * Math.PI * rate * t)));

    assertThat(melody.vibrato()).isCloseTo(depth, within(0.15 * depth));
    assertThat(melody.median()).isCloseTo(0, within(0.1));
  }

  /** A tone that glides, and one that swings too slowly or too fast. */
  @Test
  void otherMovesAreNoVibrato() {
    assertThat(melody(tone(4, t -> 3 * t)).vibrato()).isLessThan(0.05);
    assertThat(melody(tone(4, t -> Math.sin(2 * Math.PI * 0.5 * t))).vibrato()).isLessThan(0.05);
    assertThat(melody(tone(4, t -> 0.3 * Math.sin(2 * Math.PI * 14 * t))).vibrato())
        .isLessThan(0.05);
  }

  /** Of 20 tones of equal length, the quartiles are those of the numbers 0 to 19. */
  @Test
  void aScaleHasItsSpreadAndRange() {
    Melody melody = melody(tone(20, t -> Math.floor(t) - 10));

    assertThat(melody.median()).isCloseTo(-0.5, within(0.6));
    assertThat(melody.spread()).isCloseTo(10, within(1.1));
    assertThat(melody.range()).isCloseTo(18, within(1.1));
  }

  @Test
  void halfATone_isVoicedByHalf() {
    float[] samples = tone(4, t -> -5);
    java.util.Arrays.fill(samples, 0, samples.length / 2, 0);

    assertThat(melody(samples).voiced()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void noiseHasNoPitch() {
    Random random = new Random(3);
    float[] noise = new float[3 * RATE];
    for (int n = 0; n < noise.length; n++) {
      noise[n] = (float) (0.1 * random.nextGaussian());
    }

    assertThat(melody(noise).voiced()).isLessThan(0.02);
  }

  @Test
  void silenceIsAllZeros() {
    Melody melody = melody(new float[RATE]);

    assertThat(
            new double[] {
              melody.median(), melody.spread(), melody.range(), melody.voiced(), melody.vibrato()
            })
        .containsOnly(0);
  }
}
