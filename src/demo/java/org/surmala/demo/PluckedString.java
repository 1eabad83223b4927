package org.surmala.demo;

import java.util.Random;

/**
 * A plucked string: a burst of noise that goes round a delay line and loses its treble on the way
 * (K. Karplus and A. Strong, "Digital synthesis of plucked-string and drum timbres", 1983), with
 * the place of the pick and, for strings over a flat bridge, an amplitude-dependent length.
 *
 * @param brightness treble that a round trip keeps, 0 (dull) to 1
 * @param decaySeconds until it is 60 dB down
 * @param pick where along the string it is plucked, 0 to 0.5
 * @param buzz how far the flat bridge of a sitar or tanpura bends the wave, in samples
 */
record PluckedString(double brightness, double decaySeconds, double pick, double buzz) {
  static final PluckedString GUITAR = new PluckedString(0.75, 3.5, 0.2, 0);
  static final PluckedString ELECTRIC_GUITAR = new PluckedString(0.85, 6, 0.12, 0);
  static final PluckedString MUTED_GUITAR = new PluckedString(0.6, 0.25, 0.12, 0);
  static final PluckedString BASS = new PluckedString(0.45, 3, 0.15, 0);
  static final PluckedString SITAR = new PluckedString(0.7, 2.5, 0.2, 1.2);
  static final PluckedString TANPURA = new PluckedString(0.9, 7, 0.3, 2.4);
  static final PluckedString DOTARA = new PluckedString(0.5, 0.7, 0.15, 0.5);
  static final PluckedString EKTARA = new PluckedString(0.7, 1.2, 0.25, 1.5);

  private static final double RELEASE_SECONDS = 0.03;

  /** A note that keeps its pitch. */
  float[] play(double key, double seconds, Random random) {
    return play(PitchCurve.of(key), seconds, random);
  }

  /** A note that is pulled from pitch to pitch. */
  float[] play(PitchCurve pitch, double seconds, Random random) {
    int length = Sound.samples(seconds);
    float[] out = new float[length];
    int size = (int) (Sound.RATE / pitch.lowestHertz()) + 8;
    float[] line = new float[size];
    double period = Sound.RATE / pitch.hertz(0);
    excite(line, period, random);
    float loss = (float) StrictMath.pow(10, -3 / (decaySeconds * Sound.hertz(pitch.end())));
    float damping = (float) (0.5 * (1 - brightness));
    int release = Sound.samples(RELEASE_SECONDS);
    float before = 0;
    float bridge = 0;
    float mean = 0;
    int at = 0;
    double step = 0;
    for (int i = 0; i < length; i++) {
      if (i % Sound.CONTROL == 0) {
        double next = Sound.RATE / pitch.hertz((double) (i + Sound.CONTROL) / Sound.RATE);
        step = (next - period) / Sound.CONTROL;
      }
      period += step;
      // The damping filter delays by as much as its weight.
      double delay = Math.max(2, period - damping - Math.max(0, buzz * bridge));
      double position = at - delay;
      if (position < 0) {
        position += size;
      }
      int index = (int) position;
      float fraction = (float) (position - index);
      int next = index + 1 == size ? 0 : index + 1;
      float sample = line[index] + fraction * (line[next] - line[index]);
      float filtered = loss * (sample + damping * (before - sample));
      before = sample;
      line[at] = filtered;
      at = at + 1 == size ? 0 : at + 1;
      // The bridge bends one half of the wave only, and so shifts its mean.
      mean += 0.002f * (filtered - mean);
      bridge = filtered - mean;
      out[i] = bridge * Math.min(1, (float) (length - i) / release);
    }
    return out;
  }

  private void excite(float[] line, double period, Random random) {
    int length = Math.min(line.length, (int) period);
    float[] noise = new float[length];
    float smooth = 0;
    for (int i = 0; i < length; i++) {
      smooth += (float) (0.3 + 0.6 * brightness) * (2 * random.nextFloat() - 1 - smooth);
      noise[i] = smooth;
    }
    int comb = Math.max(1, (int) (length * pick));
    for (int i = 0; i < length; i++) {
      // The line is read from its end, one period behind the beginning.
      line[line.length - length + i] = noise[i] - noise[(i + length - comb) % length];
    }
  }
}
