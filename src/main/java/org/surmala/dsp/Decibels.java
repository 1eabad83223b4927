package org.surmala.dsp;

/** Power ratios on the logarithmic scale of hearing: 10·log₁₀(power), reference 1. */
public final class Decibels {
  /** Powers below this are taken for it: −100 dB, as librosa's {@code amin}. */
  public static final double FLOOR = 1e-10;

  /** Values further below the loudest one are raised to this distance, as librosa's. */
  public static final double RANGE = 80;

  private Decibels() {}

  /** Decibels of one power; {@value #FLOOR} and below give −100. */
  public static double ofPower(double power) {
    return 10 * Math.log10(Math.max(FLOOR, power));
  }

  /**
   * Turns powers into decibels in place, none further than {@value #RANGE} dB below the loudest, as
   * {@code librosa.power_to_db}.
   *
   * @param values powers, from 0 to {@code length}
   */
  public static void ofPowers(float[] values, int length) {
    float loudest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      values[i] = (float) ofPower(values[i]);
      loudest = Math.max(loudest, values[i]);
    }
    float lowest = (float) (loudest - RANGE);
    for (int i = 0; i < length; i++) {
      values[i] = Math.max(values[i], lowest);
    }
  }
}
