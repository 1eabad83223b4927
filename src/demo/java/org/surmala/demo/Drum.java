package org.surmala.demo;

import java.util.List;
import java.util.Random;

/**
 * A drum stroke: decaying modes of a membrane or a plate, whose pitch may fall or rise at first,
 * and a burst of noise.
 *
 * @param hertz of the lowest mode, once it has settled
 * @param modes frequencies as multiples of the lowest
 * @param decay seconds until the lowest mode is 60 dB down; the others take less
 * @param sweep the lowest mode's frequency at the beginning, as a multiple of where it settles
 * @param noise level of the noise
 * @param noiseDecay seconds until the noise is 60 dB down
 * @param noiseColour -1 (low) to 1 (high)
 */
record Drum(
    double hertz,
    List<Double> modes,
    double decay,
    double sweep,
    double noise,
    double noiseDecay,
    double noiseColour) {
  private static final List<Double> ONE = List.of(1.0);
  private static final List<Double> MEMBRANE = List.of(1.0, 1.59, 2.14, 2.3);
  private static final List<Double> PLATE = List.of(1.0, 1.34, 1.73, 2.11, 2.63, 3.17);

  /** The loaded membrane of the right-hand tabla: its modes are nearly harmonic (C. V. Raman). */
  private static final List<Double> LOADED = List.of(1.0, 2.02, 3.01, 4.0, 5.03);

  static final Drum KICK = new Drum(48, ONE, 0.45, 3.5, 0.12, 0.03, 0);
  static final Drum SNARE = new Drum(185, MEMBRANE, 0.18, 1.2, 0.9, 0.28, 0.5);
  static final Drum RIM = new Drum(420, MEMBRANE, 0.08, 1, 0.3, 0.03, 0.5);
  static final Drum CLAP = new Drum(900, ONE, 0.02, 1, 1, 0.22, 0.2);
  static final Drum HAT = new Drum(6_100, PLATE, 0.05, 1, 0.6, 0.07, 1);
  static final Drum OPEN_HAT = new Drum(6_100, PLATE, 0.35, 1, 0.6, 0.45, 1);
  static final Drum CRASH = new Drum(3_300, PLATE, 1.4, 1, 0.8, 1.8, 1);
  static final Drum SHAKER = new Drum(7_000, ONE, 0.02, 1, 0.6, 0.1, 1);
  static final Drum MANDIRA = new Drum(2_350, List.of(1.0, 1.51, 2.27, 2.98), 1.1, 1, 0, 0.1, 1);

  /** The left-hand tabla, open: the heel of the hand bends its pitch up. */
  static final Drum GE = new Drum(88, List.of(1.0, 1.6, 2.4), 0.8, 0.78, 0.08, 0.03, -0.5);

  /** The left-hand tabla, damped. */
  static final Drum KE = new Drum(140, MEMBRANE, 0.05, 1, 0.6, 0.06, -0.3);

  /** The right-hand tabla at the rim, tuned to a key: a clear ring. */
  static Drum na(double key) {
    return new Drum(Sound.hertz(key), LOADED, 0.4, 1, 0.2, 0.012, 0.2);
  }

  /** The right-hand tabla, open: its lowest mode rings long. */
  static Drum tun(double key) {
    return new Drum(Sound.hertz(key), List.of(1.0, 2.02), 0.6, 1, 0.15, 0.02, 0);
  }

  /** The right-hand tabla in its middle, damped. */
  static Drum ti(double key) {
    return new Drum(Sound.hertz(key), LOADED, 0.09, 1, 0.3, 0.02, -0.2);
  }

  /** The stroke's sound; about 1 at its loudest. */
  float[] strike(Random random) {
    double longest = Math.max(decay, noise > 0 ? noiseDecay : 0);
    float[] out = new float[Sound.samples(longest)];
    for (int m = 0; m < modes.size(); m++) {
      addMode(out, hertz * modes.get(m), decay / (1 + 0.6 * m), 1.0 / (1 + 0.7 * m));
    }
    if (noise > 0) {
      addNoise(out, random);
    }
    return out;
  }

  private void addMode(float[] out, double frequency, double seconds, double level) {
    double phase = 0;
    float amplitude = (float) level;
    float fade = (float) Sound.decay(seconds);
    double bend = sweep - 1;
    double settle = Sound.decay(0.12);
    for (int i = 0; i < out.length; i++) {
      out[i] += amplitude * Sound.sine(phase);
      phase += frequency * (1 + bend) / Sound.RATE;
      bend *= settle;
      amplitude *= fade;
    }
  }

  private void addNoise(float[] out, Random random) {
    float amplitude = (float) noise;
    float fade = (float) Sound.decay(noiseDecay);
    float low = 0;
    float toHigh = (float) (1 + noiseColour) / 2;
    for (int i = 0; i < out.length; i++) {
      float white = 2 * random.nextFloat() - 1;
      low += 0.25f * (white - low);
      out[i] += amplitude * (toHigh * (white - low) + (1 - toHigh) * 2 * low);
      amplitude *= fade;
    }
  }
}
