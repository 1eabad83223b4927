package org.surmala.dsp;

/** A perceptual pitch scale: equal distances in mel sound about equally wide. */
public enum MelScale {
  /**
   * Slaney's Auditory Toolbox: linear below 1 kHz (3 mel for 200 Hz), logarithmic above, as {@code
   * librosa.hz_to_mel(htk=False)}.
   */
  SLANEY {
    @Override
    public double toMel(double hz) {
      return hz < BREAK_HZ ? hz / HZ_PER_MEL : BREAK_MEL + Math.log(hz / BREAK_HZ) / LOG_STEP;
    }

    @Override
    public double toHz(double mel) {
      return mel < BREAK_MEL ? mel * HZ_PER_MEL : BREAK_HZ * Math.exp(LOG_STEP * (mel - BREAK_MEL));
    }
  },

  /**
   * Hidden Markov Toolkit: 2595 · log₁₀(1 + f / 700 Hz), as {@code librosa.hz_to_mel(htk=True)}.
   */
  HTK {
    @Override
    public double toMel(double hz) {
      return HTK_MEL * Math.log10(1 + hz / HTK_HZ);
    }

    @Override
    public double toHz(double mel) {
      return HTK_HZ * (Math.pow(10, mel / HTK_MEL) - 1);
    }
  };

  private static final double HZ_PER_MEL = 200.0 / 3;
  private static final double BREAK_HZ = 1000;
  private static final double BREAK_MEL = BREAK_HZ / HZ_PER_MEL;
  private static final double LOG_STEP = Math.log(6.4) / 27;
  private static final double HTK_MEL = 2595;
  private static final double HTK_HZ = 700;

  /** Mels of a frequency in Hz. */
  public abstract double toMel(double hz);

  /** Hz of a position on the mel scale. */
  public abstract double toHz(double mel);
}
