package org.surmala.dsp;

/** Power ratios on the logarithmic scale of hearing: 10·log₁₀(power), reference 1. */
public final class Decibels {
  /** Smallest power, −100 dB; lower powers are raised to it, as by librosa's {@code amin}. */
  public static final double FLOOR = 1e-10;

  /**
   * Dynamic range in dB: values further below the loudest one are raised to this distance, as in
   * librosa.
   */
  public static final double RANGE = 80;

  /** 10·log₁₀(x) = {@value #PER_NEPER}·ln(x); the natural logarithm is the faster one. */
  private static final double PER_NEPER = 4.342944819032518;

  private Decibels() {}

  /** Decibels of one power; {@value #FLOOR} and below give −100. */
  public static double ofPower(double power) {
    return PER_NEPER * Math.log(Math.max(FLOOR, power));
  }

  /**
   * Converts powers to decibels in place, at most {@value #RANGE} dB below the loudest, as {@code
   * librosa.power_to_db}.
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
