package org.surmala.demo;

import org.surmala.dsp.LoudnessMeter;

/**
 * Two channels to which sounds are added, and the room in which they are heard: a reverberator of
 * parallel combs and serial all-passes (M. R. Schroeder, "Natural sounding artificial
 * reverberation", 1962).
 */
final class Mix {
  private static final int[] COMBS = {1557, 1617, 1491, 1422};
  private static final int[] ALL_PASSES = {225, 556};

  /** How much longer the right channel's delays are, which makes the room wide. */
  private static final int SPREAD = 23;

  private static final double FADE_SECONDS = 2;

  /** The part of a song that is analysed. */
  private static final double LOUDNESS_SECONDS = 30;

  private static final LoudnessMeter METER = new LoudnessMeter(Sound.RATE);
  private static final float KNEE = 0.7f;
  private static final float CEILING = 0.97f;

  private final float[] left;
  private final float[] right;
  private final float[] room;

  /** An empty mix of the given duration in seconds. */
  Mix(double seconds) {
    int length = Sound.samples(seconds);
    left = new float[length];
    right = new float[length];
    room = new float[length];
  }

  /**
   * Adds a sound; what lies outside the mix is left out.
   *
   * @param at when it begins, in seconds
   * @param gain factor
   * @param pan -1 (left) to 1 (right)
   * @param wet how much of it the room hears, 0 to 1
   */
  void add(float[] sound, double at, double gain, double pan, double wet) {
    int begin = Sound.samples(at);
    float toLeft = (float) (gain * StrictMath.sqrt(0.5 * (1 - pan)));
    float toRight = (float) (gain * StrictMath.sqrt(0.5 * (1 + pan)));
    float toRoom = (float) (gain * wet);
    int first = Math.max(0, -begin);
    int end = Math.min(sound.length, left.length - begin);
    for (int i = first; i < end; i++) {
      float sample = sound[i];
      left[begin + i] += toLeft * sample;
      right[begin + i] += toRight * sample;
      room[begin + i] += toRoom * sample;
    }
  }

  /**
   * The finished channels: with the room, faded at the end, the middle at the given loudness, no
   * sample beyond {@value #CEILING}.
   *
   * @param loudness of the mean of both channels in the middle 30 s, LUFS
   * @param reverberation seconds until the room is silent
   */
  float[][] master(double loudness, double reverberation) {
    reverberate(left, 0, reverberation);
    reverberate(right, SPREAD, reverberation);
    int fade = Sound.samples(FADE_SECONDS);
    for (int i = 0; i < left.length; i++) {
      float gain = Math.min(1, (float) (left.length - 1 - i) / fade);
      left[i] = compress(left[i] * gain);
      right[i] = compress(right[i] * gain);
    }
    float scale = (float) StrictMath.pow(10, (loudness - middleLoudness()) / 20);
    for (int i = 0; i < left.length; i++) {
      left[i] = limit(left[i] * scale);
      right[i] = limit(right[i] * scale);
    }
    return new float[][] {left, right};
  }

  /** In LUFS, rounded, since the meter's mathematics may differ by a bit between platforms. */
  private double middleLoudness() {
    int length = Math.min(left.length, Sound.samples(LOUDNESS_SECONDS));
    int first = (left.length - length) / 2;
    float[] mono = new float[length];
    for (int i = 0; i < length; i++) {
      mono[i] = 0.5f * (left[first + i] + right[first + i]);
    }
    return Math.rint(METER.integrated(mono) * 1e4) / 1e4;
  }

  /** A soft knee, as a mastering engineer's limiter has: single drum hits don't set the level. */
  private static float compress(float sample) {
    return sample / (1 + 0.4f * Math.abs(sample));
  }

  /** Bends what is beyond the knee, so that nothing is beyond the ceiling. */
  private static float limit(float sample) {
    float beyond = Math.abs(sample) - KNEE;
    if (beyond <= 0) {
      return sample;
    }
    float room = CEILING - KNEE;
    return Math.copySign(KNEE + room * beyond / (beyond + room), sample);
  }

  private void reverberate(float[] channel, int spread, double seconds) {
    float[] wet = new float[channel.length];
    for (int comb : COMBS) {
      int length = comb + spread;
      float[] line = new float[length];
      float feedback = (float) StrictMath.pow(10, -3.0 * length / (seconds * Sound.RATE));
      float damped = 0;
      int at = 0;
      for (int i = 0; i < wet.length; i++) {
        float out = line[at];
        damped = 0.7f * out + 0.3f * damped;
        line[at] = room[i] + feedback * damped;
        wet[i] += 0.25f * out;
        at = at + 1 == length ? 0 : at + 1;
      }
    }
    for (int allPass : ALL_PASSES) {
      int length = allPass + spread;
      float[] line = new float[length];
      int at = 0;
      for (int i = 0; i < wet.length; i++) {
        float delayed = line[at];
        float in = wet[i] + 0.5f * delayed;
        line[at] = in;
        wet[i] = delayed - 0.5f * in;
        at = at + 1 == length ? 0 : at + 1;
      }
    }
    for (int i = 0; i < channel.length; i++) {
      channel[i] += wet[i];
    }
  }
}
