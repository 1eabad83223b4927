package org.surmala.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A sustained tone: one period of given overtones, read at the pitch, with vibrato, breath and a
 * second, detuned voice.
 *
 * @param overtones amplitudes from the fundamental on
 * @param attack seconds until it is at its full level
 * @param release seconds that it takes to end, after its length
 * @param vibratoCents depth of the vibrato, which sets in after a fifth of a second
 * @param breath level of the noise that sounds with it
 * @param detuneCents distance of the second voice; 0 for none
 */
record Tone(
    List<Double> overtones,
    double attack,
    double release,
    double vibratoCents,
    double breath,
    double detuneCents) {
  static final Tone HARMONIUM = new Tone(falling(20, 1.3), 0.04, 0.06, 0, 0.004, 5);
  static final Tone FLUTE =
      new Tone(List.of(1.0, 0.4, 0.14, 0.07, 0.02, 0.01), 0.06, 0.08, 16, 0.05, 0);
  static final Tone FIDDLE = new Tone(falling(18, 1.4), 0.09, 0.1, 14, 0.008, 0);
  static final Tone PAD = new Tone(falling(24, 0.9), 0.35, 0.5, 0, 0, 9);
  static final Tone SYNTH_BASS = new Tone(falling(12, 1), 0.005, 0.03, 0, 0, 6);
  static final Tone SYNTH_LEAD =
      new Tone(
          List.of(1.0, 0.0, 0.33, 0.0, 0.2, 0.0, 0.14, 0.0, 0.1, 0.0, 0.08), 0.01, 0.06, 10, 0, 7);
  static final Tone ORGAN =
      new Tone(List.of(1.0, 0.8, 0.6, 0.5, 0.0, 0.3, 0.0, 0.25), 0.01, 0.03, 6, 0, 3);

  private static final int TABLE = 1 << 11;
  private static final double VIBRATO_HERTZ = 5.3;
  private static final double VIBRATO_DELAY = 0.2;

  /** First three formants of the vowels a, e, i, o, u of a singer, in hertz. */
  private static final double[][] FORMANTS = {
    {750, 1150, 2650}, {480, 1850, 2550}, {320, 2250, 2950}, {470, 850, 2600}, {340, 750, 2500}
  };

  /** Overtones that fall as a power of their number. */
  private static List<Double> falling(int count, double power) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> StrictMath.pow(n, -power)).toList();
  }

  /** A voice that sings a vowel (0 to 4 for a, e, i, o, u) at about a pitch. */
  static Tone voice(int vowel, double hertz) {
    List<Double> overtones = new ArrayList<>();
    for (int i = 0; i < Math.min(40, (int) (5_000 / hertz)); i++) {
      double frequency = hertz * (i + 1);
      double level = 0.02;
      for (int formant = 0; formant < 3; formant++) {
        double width = 70 + 40 * formant;
        double distance = (frequency - FORMANTS[vowel][formant]) / width;
        level += StrictMath.pow(0.6, formant) / (1 + distance * distance);
      }
      overtones.add(level * StrictMath.pow(i + 1, -0.4));
    }
    return new Tone(overtones, 0.05, 0.09, 22, 0.01, 0);
  }

  /** A note that keeps its pitch. */
  float[] play(double key, double seconds, Random random) {
    return play(PitchCurve.of(key), seconds, random);
  }

  /** A note whose pitch moves. */
  float[] play(PitchCurve pitch, double seconds, Random random) {
    int length = Sound.samples(seconds + release);
    float[] out = new float[length];
    float[] table = table(pitch.highestHertz());
    double phase = random.nextDouble();
    double second = random.nextDouble();
    double detune = detuneCents == 0 ? 0 : StrictMath.pow(2, detuneCents / 1200);
    double depth = StrictMath.pow(2, vibratoCents / 1200) - 1;
    int rise = Math.max(1, Sound.samples(attack));
    int fall = Math.max(1, Sound.samples(release));
    int delay = Sound.samples(VIBRATO_DELAY);
    float hiss = 0;
    double step = 0;
    for (int i = 0; i < length; i++) {
      if (i % Sound.CONTROL == 0) {
        double onset = Math.min(1, Math.max(0, (double) (i - delay) / delay));
        double wobble = 1 + onset * depth * Sound.sine(VIBRATO_HERTZ * i / Sound.RATE);
        step = wobble * pitch.hertz((double) i / Sound.RATE) / Sound.RATE;
      }
      phase += step;
      float sample = read(table, phase);
      if (detune != 0) {
        second += step * detune;
        sample = 0.5f * (sample + read(table, second));
      }
      if (breath != 0) {
        hiss += 0.35f * (2 * random.nextFloat() - 1 - hiss);
        sample += (float) breath * hiss;
      }
      float level = Math.min(Math.min(1, (float) i / rise), (float) (length - i) / fall);
      out[i] = level * sample;
    }
    return out;
  }

  private static float read(float[] table, double phase) {
    double position = (phase - (long) phase) * TABLE;
    int index = (int) position;
    return table[index] + (float) (position - index) * (table[index + 1] - table[index]);
  }

  /** One period of the overtones below 15 kHz, and its first sample again; the peak is 1. */
  private float[] table(double hertz) {
    float[] table = new float[TABLE + 1];
    for (int n = 0; n < overtones.size() && hertz * (n + 1) < 15_000; n++) {
      // Phases that differ keep the overtones from piling up into a click.
      double start = 0.37 * n * n;
      for (int i = 0; i < TABLE; i++) {
        table[i] +=
            overtones.get(n).floatValue() * Sound.sine((double) (n + 1) * i / TABLE + start);
      }
    }
    table[TABLE] = table[0];
    float peak = 1e-6f;
    for (float sample : table) {
      peak = Math.max(peak, Math.abs(sample));
    }
    for (int i = 0; i <= TABLE; i++) {
      table[i] /= peak;
    }
    return table;
  }
}
