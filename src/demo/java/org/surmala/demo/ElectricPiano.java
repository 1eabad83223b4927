package org.surmala.demo;

/**
 * An electric piano by frequency modulation (J. Chowning, "The synthesis of complex audio spectra
 * by means of frequency modulation", 1973): a body at the pitch, and a tine far above it that dies
 * soon.
 */
final class ElectricPiano {
  private ElectricPiano() {}

  /** A note of the given duration in seconds. */
  static float[] play(double hertz, double seconds) {
    float[] out = new float[Sound.samples(seconds + 0.1)];
    double body = hertz / Sound.RATE;
    float level = 1;
    float tine = 1;
    float fade = (float) Sound.decay(3);
    float tineFade = (float) Sound.decay(0.6);
    int release = Sound.samples(0.1);
    for (int i = 0; i < out.length; i++) {
      double phase = body * i;
      double modulation = 0.22 * tine * Sound.sine(phase) + 0.02 * tine * Sound.sine(phase * 14);
      float sample = Sound.sine(phase + modulation + 1);
      out[i] = level * sample * Math.min(1, (float) (out.length - i) / release);
      level *= fade;
      tine *= tineFade;
    }
    return out;
  }
}
