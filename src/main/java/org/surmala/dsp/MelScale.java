package org.surmala.dsp;

/**
 * The mel scale of Slaney's Auditory Toolbox: linear below 1 kHz (3 mel for 200 Hz), logarithmic
 * above, as {@code librosa.hz_to_mel(htk=False)}.
 */
public final class MelScale {
  private static final double HZ_PER_MEL = 200.0 / 3;
  private static final double BREAK_HZ = 1000;
  private static final double BREAK_MEL = BREAK_HZ / HZ_PER_MEL;
  private static final double LOG_STEP = Math.log(6.4) / 27;

  private MelScale() {}

  /** Mels of a frequency in Hz. */
  public static double toMel(double hz) {
    return hz < BREAK_HZ ? hz / HZ_PER_MEL : BREAK_MEL + Math.log(hz / BREAK_HZ) / LOG_STEP;
  }

  /** Hz of a place on the mel scale. */
  public static double toHz(double mel) {
    return mel < BREAK_MEL ? mel * HZ_PER_MEL : BREAK_HZ * Math.exp(LOG_STEP * (mel - BREAK_MEL));
  }
}
